// What the conductor and the list of classes keep while they are on the page. Moments are `performance.now()`.

/**
 * @import { ClassListed } from "../../../js/shared/class_message.js"
 * @import { ClassesRunning, ConductorTriggers, RunningTriggers } from "./message.js"
 *
 * @typedef {object} Furniture
 * @property {HTMLButtonElement} black
 * @property {HTMLCanvasElement} pointer
 * @property {HTMLElement} typed
 * @property {HTMLElement} count
 * @property {HTMLElement} title
 * @property {HTMLElement} warn
 * @property {HTMLButtonElement} back
 * @property {HTMLButtonElement} next
 * @property {HTMLButtonElement} explore
 * @property {HTMLElement} bar
 * @property {HTMLDialogElement} keys
 * @property {HTMLDialogElement} steps
 * @property {HTMLElement} stepList
 * @property {HTMLElement} over
 * @property {HTMLElement} corner
 * @property {{ card: HTMLElement, code: HTMLElement, phones: HTMLElement, image: HTMLImageElement, address: HTMLElement }} join
 * @property {{ card: HTMLElement, asked: HTMLElement, chosen: HTMLElement, wrote: HTMLElement }} texts
 *
 * @typedef {object} Conductor
 * @property {HTMLElement} root
 * @property {Furniture} ui
 * @property {<Name extends keyof ConductorTriggers>(name: Name, value: ConductorTriggers[Name]) => void} send
 * @property {() => void} end
 * @property {boolean} still whether nothing may move
 *
 * The talk, and where this window is in it:
 * @property {string} title
 * @property {string[]} headlines
 * @property {number[]} points
 * @property {number} step
 * @property {number} shown
 * @property {number} furthest
 * @property {string} digits
 * @property {boolean} black
 * @property {number} [sentAt] when a key moved it last
 * @property {{ step: number | null, at: number }} [leaving] a step that is left only when it is asked for twice
 *
 * What the server has drawn, and was asked to:
 * @property {string} drawn
 * @property {boolean} drawnFree
 * @property {string} [asked]
 * @property {number} [askedAt]
 * @property {number | null} amiss since when what is drawn is not what the address says
 *
 * Exploring, off the script:
 * @property {boolean} free
 * @property {number} [freedAt]
 * @property {string[]} views
 * @property {string | null} look what the class explores, as far as this window knows
 * @property {number} [lookedAt]
 * @property {Promise<void>} [looking]
 * @property {string} [seen]
 * @property {number} [follows] how often this window has followed the class
 * @property {string | null} followed
 * @property {number | null} awaits which of them it waits for
 * @property {number | null} apart since when it is elsewhere than the class
 * @property {number} [hearingView]
 *
 * The class:
 * @property {string} code
 * @property {string} site
 * @property {string} [over] the code of one that has ended
 * @property {boolean} ended
 * @property {boolean} joining
 * @property {boolean} [heardJoining]
 * @property {string} [joinAt]
 * @property {string | null} [claimed]
 * @property {Promise<void>} [claiming]
 * @property {EventSource} [feed]
 * @property {string} [feedOf]
 * @property {number} [hearing]
 *
 * Signs:
 * @property {string} warning
 * @property {number} [warned]
 * @property {boolean} away whether the server is
 * @property {boolean} met whether it ever was here
 *
 * The pointer:
 * @property {boolean} pointing
 * @property {[number, number, number][]} trail
 * @property {number | null} drawing
 * @property {number} [sleep]
 *
 * @property {number} [leavingPage]
 *
 * @typedef {object} Running
 * @property {HTMLElement} root
 * @property {ClassesRunning} data
 * @property {<Name extends keyof RunningTriggers>(name: Name, value: RunningTriggers[Name]) => void} send
 * @property {string} [claimed]
 * @property {string} [shown]
 * @property {number} [again]
 *
 * @typedef {{ code: string, secret?: string, desk?: string }} OwnClass a class, with its proof where this session has it
 */

export {};
