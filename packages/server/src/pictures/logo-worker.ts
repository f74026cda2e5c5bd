// The worker that decodes a stranger's picture and writes it anew as a PNG of at most 128 pixels, twice what any page shows:
// nothing of the original bytes, such as places and comments, gets through. Ends with its one picture, or is ended.
import { parentPort, workerData } from 'node:worker_threads';
import { PhotonImage, resize, SamplingFilter } from '@cf-wasm/photon';

const SIDE = 128;

const reencode = (picture: Uint8Array): Uint8Array => {
  const decoded = PhotonImage.new_from_byteslice(picture);
  const [width, height] = [decoded.get_width(), decoded.get_height()];
  const scale = SIDE / Math.max(width, height);
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  const scaled = resize(decoded, side(width), side(height), SamplingFilter.Lanczos3);
  return scaled.get_bytes();
};

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin
parentPort?.postMessage(reencode(workerData as Uint8Array));
