// Makes a picture small enough for a plan by drawing it anew, which also leaves place and date behind.

import { toBase64url } from "../../crypto/bytes";

const PHOTO_BYTES = 32 * 1024;
export const PHOTOS = 4;

/** How a picture is drawn anew: of the longest sides in pixels the first that fits is taken, in the
 *  highest quality that does. A clear small picture says more than a large blurred one. */
type Drawing = Record<"sides" | "qualities", number[]>;

const PHOTO: Drawing = {
  sides: [960, 800, 640, 512, 400, 320, 240, 160, 96],
  qualities: [0.46, 0.58, 0.7, 0.82],
};

/** Writing keeps its edges at a low quality, and loses them with its size. */
const PAPER: Drawing = {
  sides: [1600, 1400, 1200, 1080, 960, 800, 640, 480, 320],
  qualities: [0.22, 0.35, 0.5, 0.7],
};

export const shrink = async (file: Blob) => (await redrawn(file, PHOTO)).photo;

/** With fewer pixels than this a written page may be hard to read. */
const LEGIBLE = 1000;

export async function shrinkPaper(file: Blob) {
  const { photo, side } = await redrawn(file, PAPER, clearPaper);
  return { photo, isClear: side >= LEGIBLE };
}

/** What a picture became, and its longest side in pixels; rejects where it is none. `change` is made
 *  to what was drawn, before it is written. */
async function redrawn(file: Blob, { sides, qualities }: Drawing, change?: typeof clearPaper) {
  const picture = await createImageBitmap(file);
  try {
    for (const side of sides) {
      const canvas = drawn(picture, side);
      change?.(canvas);
      const photo = await fitted(canvas, qualities);
      if (photo) return { photo, side: Math.max(canvas.width, canvas.height) };
    }
  } finally {
    picture.close();
  }
  throw new Error("not a picture");
}

/** Safari cannot write WebP and answers with a PNG: then it is a JPEG. */
async function fitted(canvas: HTMLCanvasElement, qualities: number[]) {
  const as = (type: string, quality: number) =>
    new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality));
  let best: Blob | null = null;
  for (const quality of qualities) {
    let found = await as("image/webp", quality);
    if (found?.type !== "image/webp") found = await as("image/jpeg", quality);
    if (!found || found.size > PHOTO_BYTES) break;
    best = found;
  }
  return best && { type: best.type, data: toBase64url(new Uint8Array(await best.arrayBuffer())) };
}

/** On no OffscreenCanvas: Safari has it from 16.4 on, and phones that stay at 15 are in use. */
function drawn(picture: ImageBitmap, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = "white"; // JPEG has no transparency, and black would swallow a drawing
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Grey, with the paper made white and the writing dark: what is not writing costs no bytes. */
function clearPaper(canvas: HTMLCanvasElement): void {
  const pen = canvas.getContext("2d")!;
  const image = pen.getImageData(0, 0, canvas.width, canvas.height);
  const pixels = image.data;
  const greys = new Uint32Array(256);
  for (let at = 0; at < pixels.length; at += 4) {
    const grey = Math.round(
      0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!,
    );
    pixels[at] = grey;
    greys[grey]! += 1;
  }
  const [ink, paper] = [level(greys, 0.01), level(greys, 0.85) * 0.92];
  const span = Math.max(paper - ink, 1);
  for (let at = 0; at < pixels.length; at += 4) {
    const grey = ((pixels[at]! - ink) * 255) / span;
    pixels.fill(grey, at, at + 3);
  }
  pen.putImageData(image, 0, 0);
}

/** The grey below which this part of all pixels lies. */
function level(greys: Uint32Array, part: number): number {
  const wanted = part * greys.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  return greys.findIndex((count) => (seen += count) >= wanted);
}
