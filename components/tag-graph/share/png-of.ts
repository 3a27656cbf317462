import { withTexts } from "./png-texts.ts";

/** A canvas beyond this is refused by browsers. */
const MAX_SIDE = 16_000;
const SCALE = 2;

/** An SVG in pixels, with texts a program can read back; nothing when it is too large to be drawn. */
export async function pngOf(svg: string, texts: Readonly<Record<string, string>>): Promise<Blob | undefined> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(SCALE, MAX_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (drawn === null) return undefined;
    return new Blob([withTexts(new Uint8Array(await drawn.arrayBuffer()), texts)], { type: "image/png" });
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}
