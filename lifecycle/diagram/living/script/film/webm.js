// A film as WebM, by the browser's own recorder. It records in real time: the frames are made first, then played to it.

const KINDS = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];
const BITS_PER_S = 6e6;

/** The kind of film that this browser records, or undefined. */
export const recordable = () => (typeof MediaRecorder === "function" ? KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)) : undefined);

/**
 * Frames that come late are left out, so that the film lasts as long as it was asked to.
 * @param {HTMLCanvasElement} canvas
 * @param {Blob[]} frames
 * @param {number} rate frames a second
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>}
 */
export async function recorded(canvas, frames, rate, signal) {
  const pen = canvas.getContext("2d"), stream = canvas.captureStream(rate);
  const recorder = new MediaRecorder(stream, { mimeType: recordable(), videoBitsPerSecond: BITS_PER_S });
  /** @type {Blob[]} */
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((resolve, reject) => {
    recorder.onstop = resolve;
    recorder.onerror = () => reject(new Error("the browser stopped recording"));
  });
  recorder.start();
  const began = performance.now(), frame = 1000 / rate;
  for (let i = 0; i < frames.length && !signal.aborted; i = Math.max(i + 1, Math.floor((performance.now() - began) / frame))) {
    const image = await createImageBitmap(frames[i]);
    pen?.drawImage(image, 0, 0);
    image.close();
    const wait = (i + 1) * frame - (performance.now() - began);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
  recorder.stop();
  await ended;
  for (const track of stream.getTracks()) track.stop();
  signal.throwIfAborted();
  return new Blob(parts, { type: "video/webm" });
}
