// What the parts of a page leave for one another on `window`, and what Streamlit gives a component.

/** What scripts of one page say to one another. */
interface Window {
  /** The second of the day that the diagram's clock shows. */
  headwatersMoment?: number;
  /** Whether the wire to the server is cut. */
  headwatersCut?: boolean;
  /** The page that was there last, and when another one was asked for (`performance.now()`). */
  headwatersLeaving?: { path: string, at: number };
  /** What the class said last to the window that presents it. */
  headwatersClass?: import("./class_message.js").HeardByHall | null;
  /** The living diagrams on the page by their names, with the notes that were left for them. */
  headwatersDiagrams?: Map<string, import("../../lifecycle/diagram/living/script/types.js").Desk>;
  /** What films the clock, where it is part of the page: in the offline copy. */
  headwatersFilm?: typeof import("../../lifecycle/diagram/living/script/film/film.js");
  /** How what the page shows ahead of the server comes to rest. */
  headwatersAhead?: import("../../lifecycle/ui/components/shown_ahead.js").Settling;
}

interface WindowEventMap {
  /** A search is asked for: a page that has one over the whole course opens that, and prevents what else would open. */
  "headwaters:search": Event;
  /** A place was chosen on the page, null for the whole; the server has not heard of it yet. */
  "headwaters:choose": CustomEvent<string | null>;
  /** The reader went back to this place before the server had confirmed the one that was chosen last. */
  "headwaters:back": CustomEvent<string | null>;
}

/** What Streamlit calls a component with; Host is the element it is mounted in, with what the component keeps there. */
interface Mount<Data, Host = HTMLElement> {
  data: Data;
  parentElement: Host;
  setTriggerValue(name: string, value: unknown): void;
  setStateValue(name: string, value: unknown): void;
}

/** What is used of gifenc, which comes without types: colours are [red, green, blue], 0 to 255. */
declare module "gifenc/dist/gifenc.esm.js" {
  export function GIFEncoder(): {
    writeFrame(index: Uint8Array, width: number, height: number, options: {
      palette?: number[][]; delay: number; dispose: number; transparent: boolean; transparentIndex: number }): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
  export function quantize(rgba: Uint8Array, most: number, options?: { format: "rgb565" }): number[][];
}
