// What the diagram keeps while it is on the page. Lengths are units of the picture unless they say pixels.

/**
 * @import { SentFlow, PackedFrames, Payload, SentPlace, Followed, FollowNote, LateNote, RunNote, StateNote, Triggers } from "./message.js"
 *
 * @typedef {{ x: number, y: number, w: number, h: number }} Box
 * @typedef {{ x: number, y: number, width: number, height: number }} Area
 * @typedef {{ x: number, y: number }} Point
 * @typedef {{ length: number, points: DOMPoint[] }} Track
 * @typedef {"LR" | "TB"} Direction
 *
 * Running sums by minute, their last for what comes after midnight. Of a stage: what was born, sent again, lost and left out, and of
 * the lost those that are `unreadable`;
 * `falls`: the losses but for what was refused at its door, which goes back up its wire. `came`, `went`: by bucket,
 * exactly as the charts have them, and in the offline copy `inside` and `most` as well.
 * @typedef {{ steady: Float64Array, together: Float64Array, packets: { at: number, events: number }[] }} Sending
 * @typedef {{ sent: Sending, refused: Float64Array, pulled: boolean, loop: boolean }} Wire
 * @typedef {{ born: Float64Array, copies: Float64Array, lost: Float64Array, removed: Float64Array, unreadable: Float64Array, falls: Float64Array, sent: Sending,
 *   into: Wire[], full: number, came: number[], went: number[], busy: number[], age_s?: number[], faulty: number[], queries?: number[], left?: number[], ages?: number[],
 *   inside?: number[], most?: number[] }} Series
 * @typedef {{ from: number, to: number, kind: string, stage: string }} Occasion
 * @typedef {{ from: number, to: number, stage: string, words: string, short: string, kind: string }} FaultSpan
 * @typedef {Omit<PackedFrames, "stations" | "flows" | "occasions" | "faults"> & { stations: Map<string, Series>,
 *   flows: Map<string, Wire>, occasions: Occasion[], faults: FaultSpan[], step: number, minute: number }} Frames
 * @typedef {{ in: number, out: number, inside: number, level: number, full: number, busy: number, age: number, faulty: boolean,
 *   lost: number, usual: boolean, queries: number, left: number, fault: string }} Now
 *
 * What moves: a dot is worth the same as a drop, of what could not be read or else is lost, or as one that comes back; a packet has its number, a request is hollow. Places and
 * radius (of a packet: half its width) in the picture's units.
 * @typedef {{ kind: "dot" | "drop" | "unread" | "packet" | "request" | "bounce", x: number, y: number, r: number, opacity: number, words?: string }} Dot
 * @typedef {{ group: SVGGElement, dots: Dot[] }} Layer what moves on a flow or from a stage, and the group whose look it has
 * @typedef {{ pen: CanvasRenderingContext2D, density: number, inked: boolean, shown: Box, colours: { dot: string, drop: string, unread: string, ground: string },
 *   opacities: Map<SVGGElement, number> }} Sheet the canvas, and what drawing reads of the page: `inked` whether anything is on it,
 *   `shown` what of the drawing it shows
 *
 * @typedef {SVGTextElement & { fittedAs?: string }} FittedText
 * @typedef {{ state: FittedText, ringBack: SVGElement, ring: SVGElement, tick: SVGElement, bars: SVGElement, badge: SVGElement, lost: SVGTextElement,
 *   askers: SVGTextElement, leak: SVGTextElement, falls: SVGGElement, mark: SVGElement, markIcon: SVGElement }} StageParts
 * @typedef {{ group: SVGGElement, place: SentPlace, box: Box, titles: FittedText[], room: number, focus: SVGElement, body: SVGElement,
 *   tank: SVGElement, busy: SVGElement, signed?: boolean, sign?: Area }} SceneNode
 * @typedef {SceneNode & StageParts} StageNode
 * @typedef {{ group: SVGGElement, flow: SentFlow, path: SVGPathElement, dots: SVGGElement, words: SVGGElement,
 *   count: SVGTextElement, snipped: SVGElement, spot: Area | null, track: Track | null, backwards: boolean, lane: number, over?: number, run?: Frames, heard?: boolean }} SceneEdge
 * @typedef {{ box: HTMLElement, back: SVGSVGElement, front: SVGSVGElement, canvas: HTMLCanvasElement, direction: Direction,
 *   views: SVGGElement[], nodes: Map<string, SceneNode>, edges: Map<string, SceneEdge>, movers: SVGGElement[],
 *   size: { width: number, height: number }, viewBox: Box, sheet: Sheet | null, overview?: SVGGElement, window?: Box | null, countedAs?: string,
 *   gold?: { group: SVGGElement, label: SVGTextElement, back: SVGElement } }} Scene
 *
 * The event that is followed: where it is among its beats, null before its birth, and what its tag says there.
 * @typedef {{ followed: Followed, place: { beat: number, into: number } | null, tag: string }} Gold
 *
 * @typedef {{ searchButton: HTMLButtonElement, overlay: HTMLSelectElement, tools: HTMLElement, card: HTMLElement, stage: HTMLElement,
 *   follow: HTMLElement, live: HTMLElement, tableCaption: HTMLElement, tableBody: HTMLElement, words: HTMLDetailsElement, searchInput: HTMLInputElement,
 *   searchList: HTMLElement, searchNone: HTMLElement, search: HTMLElement, playIcon: SVGElement, play: HTMLButtonElement,
 *   time: HTMLElement, scrub: HTMLInputElement, speed: HTMLSelectElement, faults: HTMLElement, worth: HTMLElement, clock: HTMLElement,
 *   marks: HTMLElement, legend: HTMLElement, legendWorth: HTMLElement, breaks: HTMLElement, cutter: HTMLButtonElement,
 *   handle: HTMLButtonElement, hint: HTMLElement, overview: SVGSVGElement }} Furniture
 *
 * A flow that is being drawn: from a stage to the one that is pointed at, if any; `at`: where the pointer is. `pointer`: the press that
 * draws it, null where keys or two clicks do.
 * @typedef {{ from: string, to: string | null, at: Point | null, pointer: number | null }} Joining
 * @typedef {{ id: string, pointer: number, x: number, y: number }} Press of a pointer at a stage, in pixels of the window: it may become a flow
 *
 * @typedef {object} Diagram
 * @property {HTMLElement} root
 * @property {string} uid
 * @property {Payload} data
 * @property {Furniture} ui
 * @property {Partial<Record<Direction, Scene>>} scenes
 * @property {Scene | null} scene
 * @property {Frames | null} frames
 * @property {Map<string, SentPlace>} places
 * @property {SentPlace[]} stages
 * @property {SentFlow[]} flows
 * @property {string | null} selected
 * @property {string | null} walker where the Tab key comes to, and arrows walk from
 * @property {{ id: string | null, at: number } | null} pending a choice that the server has not confirmed
 * @property {boolean} pointing whether a click is an answer
 * @property {string | null} pointed
 * @property {string | null} overlay
 * @property {string | null} picked
 * @property {Record<string, number>} progress
 * @property {string[]} frame
 * @property {number} t
 * @property {number} speed seconds that a day takes
 * @property {boolean} playing
 * @property {boolean} still whether nothing may move
 * @property {boolean} hasMoment
 * @property {boolean} opened
 * @property {string | null} day
 * @property {StateNote | null} said
 * @property {number | null} last
 * @property {number} painted
 * @property {{ k: number, x: number, y: number }} view
 * @property {LateNote | null} late
 * @property {HTMLElement[]} mades signs of what is said once the clock has been there
 * @property {boolean} dragged
 * @property {number | null} pinch
 * @property {boolean} moved
 * @property {{ screenX: number, screenY: number } | null} pointer
 * @property {Followed | null} toFollow what the server last said, be it of another run
 * @property {string} followedKey whose birth has been gone to
 * @property {Gold | null} gold
 * @property {SceneEdge | null} cutting the flow at which the wire-cutter is
 * @property {Joining | null} joining
 * @property {Press | null} press
 * @property {string | null} hovered the stage at which the mouse is
 * @property {[string, string] | null} drawn a flow that was drawn and that the server has not added yet
 * @property {number} drawnAt when that was
 * @property {{ replay: string, from: number, until: number } | null} watched what was broken, until it is over
 * @property {string | SceneEdge | null} cardOf a place by its id, or a flow
 * @property {number} hit which of the places that the search names is marked
 * @property {SentPlace[]} hits
 * @property {string} type
 * @property {number} raf
 * @property {number} redraw
 * @property {number | undefined} tickTimer
 * @property {boolean} inSight whether anything of the diagram is on the screen
 * @property {boolean} pictureInSight the same of the picture alone, without clock and words
 * @property {number | null} momentSent
 * @property {number[]} unheard moments that were sent and that the server has not repeated yet
 * @property {number | undefined} momentTimer
 * @property {number | undefined} cardTimer
 * @property {number | undefined} cutterTimer
 * @property {number | undefined} handleTimer
 * @property {number | undefined} askingAgain
 * @property {number | undefined} leaving
 * @property {(target: EventTarget, type: string, act: (event: any) => unknown, early?: boolean) => void} listen
 * @property {<Name extends keyof Triggers>(name: Name, value: Triggers[Name]) => void} send
 * @property {() => void} end
 *
 * @typedef {Omit<Diagram, "ui">} BareDiagram without its furniture, as it is for a moment
 * @typedef {RunNote | StateNote | FollowNote | LateNote} Note
 * @typedef {{ notes: { run?: RunNote, state?: StateNote, follow?: FollowNote, late?: LateNote }, diagram?: Diagram, hear?: (note: Note) => void,
 *   ahead?: { before: RunNote, at: number } }} Desk where notes lie; `ahead`: the run before the one that the page plays ahead, and since when
 */

/**
 * Whether a place of the picture is a stage: an undercurrent has no state.
 * @param {SceneNode} node
 * @returns {node is StageNode}
 */
export const isStage = (node) => node.place.kind === "stage";

/**
 * A place, and what falls from it, which lies behind.
 * @param {SceneNode} node
 * @returns {SVGElement[]}
 */
export const partsOf = (node) => (isStage(node) ? [node.group, node.falls] : [node.group]);
