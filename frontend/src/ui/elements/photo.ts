// Makes a picture small enough for a plan by drawing it anew, which also leaves place and date behind.

import { toBase64url } from "../../crypto/bytes";

export const PHOTO_BYTES = 32 * 1024;
export const PHOTOS = 4;

/** The file could not be read as a picture. */
export class NotAPicture extends Error {}

export interface SmallPhoto {
  type: "image/jpeg" | "image/webp";
  data: string;
}

/** Longest side in pixels, each tried with every quality before the next: a clear small picture
 *  says more than a large blurred one. */
const SIDES = [960, 800, 640, 512, 400, 320, 240, 160, 96];
const QUALITIES = [0.82, 0.7, 0.58, 0.46];

export async function shrink(file: Blob): Promise<SmallPhoto> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new NotAPicture();
  });
  try {
    for (const side of SIDES) {
      const small = await fitted(picture, side);
      if (small) return small;
    }
  } finally {
    picture.close();
  }
  throw new NotAPicture();
}

async function fitted(picture: ImageBitmap, side: number): Promise<SmallPhoto | null> {
  const canvas = drawn(picture, side);
  for (const quality of QUALITIES) {
    const bytes = await encoded(canvas, quality);
    if (bytes && bytes.size <= PHOTO_BYTES) return toSmall(bytes);
  }
  return null;
}

function drawn(picture: ImageBitmap, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new NotAPicture();
  pen.fillStyle = "white"; // JPEG has no transparency, and black would swallow a drawing
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Safari cannot write WebP and answers with a PNG: then it is a JPEG. */
async function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  const webp = await toFile(canvas, "image/webp", quality);
  return webp?.type === "image/webp" ? webp : toFile(canvas, "image/jpeg", quality);
}

const toFile = (canvas: HTMLCanvasElement, type: string, quality: number) =>
  new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality));

async function toSmall(file: Blob): Promise<SmallPhoto> {
  const type = file.type === "image/webp" ? "image/webp" : "image/jpeg";
  return { type, data: toBase64url(new Uint8Array(await file.arrayBuffer())) };
}
