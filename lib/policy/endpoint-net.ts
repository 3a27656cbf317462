import { formatAddress, parseAddress, parseAddressText } from "#policy/address.ts";
import { netToCidr, parseNet } from "#policy/cidr.ts";
import type { EndpointNet } from "#policy/endpoint.ts";
import type { IssueFact } from "#policy/issue.ts";
import type { Cidr, Family } from "#policy/rule.ts";
import { kindOfValue } from "#policy/rule-fields/json-object.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/**
 * An address and how many of its bits name a block. Its number and the block are made when they are asked for: most are
 * one of a hundred thousand that only stand in a set by their text.
 */
class AddressInBlock implements EndpointNet {
  readonly addressText: string;
  readonly prefix: number;
  #cidr: Cidr | undefined;
  #address: bigint | undefined;

  constructor(addressText: string, prefix: number) {
    this.addressText = addressText;
    this.prefix = prefix;
  }

  get address(): bigint {
    this.#address ??= numberOf(this.addressText);
    return this.#address;
  }

  get cidr(): Cidr {
    const family = this.addressText.includes(":") ? 6 : 4;
    this.#cidr ??= netToCidr({ family, address: this.address, prefix: this.prefix });
    return this.#cidr;
  }
}

function numberOf(text: string): bigint {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(`${text} was an address when it was read`);
  return address.value.value;
}

/** Reads one entry of `ipvX_nets`: the address keeps its host bits, since tag sets and routes use it as written. */
export function parseEndpointNet(input: unknown, family: Family): Result<EndpointNet, IssueFact> {
  if (typeof input !== "string") return err({ kind: "bad-cidr", found: kindOfValue(input) });
  const bare = parseAddressText(input);
  if (bare?.family === family) return ok(new AddressInBlock(bare.text, family === 4 ? 32 : 128));
  const net = parseNet(input);
  if (!net.ok) return net;
  const { address, prefix } = net.value;
  if (net.value.family !== family) return err({ kind: "bad-cidr", found: input });
  return ok(new AddressInBlock(formatAddress(family, address), prefix));
}
