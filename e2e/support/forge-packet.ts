import type { Packet } from "#policy/packet.ts";

/*
 * Packets of any kind as bytes, with right checksums, so that connection tracking takes each for the first of its flow.
 */
export type ForgedPacket = Packet & {
  /** A first packet no connection can begin with. */
  readonly isInvalid?: boolean;
  /** Instead of a first packet's SYN. */
  readonly tcpFlags?: number;
  /** Names the packet to whoever sees it arrive. */
  readonly number: number;
};

const MARK = Buffer.from([0x54, 0x4b, 0x54, 0x01]);

/** An Ethernet frame around the packet. */
export function forgeFrame(packet: ForgedPacket, macs: { readonly from: string; readonly to: string }): string {
  const etherType = packet.family === 4 ? "0800" : "86dd";
  const mac = (text: string) => text.replaceAll(":", "");
  return `${mac(macs.to)}${mac(macs.from)}${etherType}${forgePacket(packet).toString("hex")}`;
}

function forgePacket(packet: ForgedPacket): Buffer {
  const content = forgeContent(packet);
  return Buffer.concat([
    packet.family === 4 ? header4(packet, content.length) : header6(packet, content.length),
    content,
  ]);
}

function header4(packet: ForgedPacket, length: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + length, 2);
  header.writeUInt16BE(packet.number & 0xffff, 4);
  header.writeUInt8(64, 8);
  header.writeUInt8(packet.protocol, 9);
  addressBytes(packet.src, 4).copy(header, 12);
  addressBytes(packet.dst, 4).copy(header, 16);
  header.writeUInt16BE(checksum(header), 10);
  return header;
}

function header6(packet: ForgedPacket, length: number): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt8(0x60, 0);
  header.writeUInt16BE(length, 4);
  header.writeUInt8(packet.protocol, 6);
  header.writeUInt8(255, 7);
  addressBytes(packet.src, 16).copy(header, 8);
  addressBytes(packet.dst, 16).copy(header, 24);
  return header;
}

function forgeContent(packet: ForgedPacket): Buffer {
  const mark = Buffer.concat([MARK, number32(packet.number)]);
  switch (packet.protocol) {
    case 6:
      return summed(packet, Buffer.concat([tcpHeader(packet), mark]), 16);
    case 17:
      return summed(packet, Buffer.concat([ports(packet), number16(16), number16(0), mark]), 6);
    case 136:
      // Coverage 0 means that the checksum covers everything.
      return summed(packet, Buffer.concat([ports(packet), number16(0), number16(0), mark]), 6);
    case 33:
      return summed(packet, Buffer.concat([ports(packet), Buffer.from([7, 0, 0, 0, 1, 0]), Buffer.alloc(10), mark]), 6);
    case 132:
      return sctpInit(packet, mark);
    case 1:
    case 58:
      return icmp(packet, mark);
    default:
      return Buffer.concat([Buffer.alloc(12), mark]);
  }
}

function tcpHeader(packet: ForgedPacket): Buffer {
  // SYN; with RST beside it no connection can begin.
  const flags = packet.tcpFlags ?? (packet.isInvalid ? 0x06 : 0x02);
  const rest = [number32(packet.number), number32(0), Buffer.from([0x50, flags]), number16(64_000), Buffer.alloc(4)];
  return Buffer.concat([ports(packet), ...rest]);
}

function icmp(packet: ForgedPacket, mark: Buffer): Buffer {
  const head = Buffer.from([packet.icmpType ?? 0, packet.icmpCode ?? 0, 0, 0]);
  const content = Buffer.concat([head, number16(packet.number & 0xffff), number16(1), Buffer.alloc(16), mark]);
  if (packet.family === 6) return summed(packet, content, 2);
  content.writeUInt16BE(checksum(content), 2);
  return content;
}

/** An INIT chunk with a parameter nobody knows, which carries the mark. */
function sctpInit(packet: ForgedPacket, mark: Buffer): Buffer {
  const chunk = Buffer.concat([
    Buffer.from([1, 0]),
    number16(20 + 4 + mark.length),
    number32(packet.number + 1),
    number32(65_536),
    number16(1),
    number16(1),
    number32(1),
    number16(0x8f00),
    number16(4 + mark.length),
    mark,
  ]);
  const whole = Buffer.concat([ports(packet), number32(0), number32(0), chunk]);
  whole.writeUInt32LE(crc32c(whole), 8);
  return whole;
}

function summed(packet: ForgedPacket, content: Buffer, at: number): Buffer {
  const width = packet.family === 4 ? 4 : 16;
  const pseudo = Buffer.concat([
    addressBytes(packet.src, width),
    addressBytes(packet.dst, width),
    number32(content.length),
    number32(packet.protocol),
  ]);
  content.writeUInt16BE(checksum(Buffer.concat([pseudo, content])) || 0xffff, at);
  return content;
}

function ports({ srcPort = 0, dstPort = 0 }: ForgedPacket): Buffer {
  return Buffer.concat([number16(srcPort), number16(dstPort)]);
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

function crc32c(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function addressBytes(value: bigint, width: 4 | 16): Buffer {
  return Buffer.from(value.toString(16).padStart(width * 2, "0"), "hex");
}

function number16(value: number): Buffer {
  return Buffer.from([(value >> 8) & 0xff, value & 0xff]);
}

function number32(value: number): Buffer {
  return Buffer.from([(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
}
