// @ts-check
// The shapes of the control API's JSON (protos/maestro/telemetry/v1/control.proto, protobuf JSON mapping).
// Every field may be missing: a default value is not sent. 64-bit integers arrive as strings.

/** @typedef {string | number | undefined} Count A 64-bit counter. */
/** @typedef {{ p50?: number, p99?: number, count?: Count }} Latency */
/** @typedef {{ id?: string, reachable?: boolean, problem?: string }} Orchestrator */
/** @typedef {{ id?: number, orchestrators?: Orchestrator[], pool?: string[] }} Site */

/**
 * @typedef {object} SecurityGroup
 * @property {number} [id]
 * @property {string} [name]
 * @property {number} [priority]
 * @property {string} [mode]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {string[]} [members] Serial numbers.
 * @property {number} [demandCpuWork] Reference SGMs fully busy.
 * @property {number} [capacityCpuWork]
 * @property {number} [bitsPerSecond]
 * @property {number} [concurrentConnections]
 * @property {number} [connectionsPerSecond]
 * @property {number} [desiredMembers]
 * @property {string} [reasonCode]
 * @property {string} [nextChange]
 * @property {string} [latestSafeStart] RFC 3339.
 * @property {number} [utilization] Share of the target that is used; above 1 is over the target.
 * @property {boolean} [paused]
 * @property {string} [lastSample] RFC 3339.
 */

/**
 * @typedef {object} Gateway
 * @property {string} [serial]
 * @property {number} [site]
 * @property {number} [securityGroup] 0 or missing: in no Security Group.
 * @property {number} [memberId]
 * @property {string} [model]
 * @property {string} [release]
 * @property {string} [state]
 * @property {number} [cpuMeanPercent]
 * @property {string} [sender]
 * @property {number} [clockSkewSeconds] Absent when it is not known.
 * @property {number} [cpuBusiestCorePercent]
 * @property {string} [lastSample]
 * @property {number} [weight] Reference SGMs.
 * @property {number} [bitsPerSecond]
 * @property {number} [memoryUsedPercent]
 */

/** @typedef {{ time?: string, state?: string, note?: string }} CommandStep */

/**
 * @typedef {object} Command
 * @property {string} [id]
 * @property {string} [kind] Add, Remove or Move.
 * @property {string} [serial]
 * @property {number} [fromGroup]
 * @property {number} [toGroup]
 * @property {string} [state]
 * @property {string} [reason]
 * @property {string} [createdAt]
 * @property {string} [updatedAt]
 * @property {CommandStep[]} [steps]
 */

/** @typedef {{ group?: number, actor?: string, reason?: string, since?: string, until?: string }} Pause */

/**
 * @typedef {object} Ingest
 * @property {Count} [accepted]
 * @property {Count} [refused]
 * @property {Count} [stored]
 * @property {Count} [duplicates]
 * @property {Count} [streams]
 * @property {Record<string, Count>} [refusedByReason]
 */

/**
 * @typedef {object} Status
 * @property {string} [now] The server's clock, which a simulation runs faster.
 * @property {string} [version]
 * @property {string} [fabric]
 * @property {Site[]} [sites]
 * @property {SecurityGroup[]} [groups]
 * @property {Gateway[]} [gateways]
 * @property {Ingest} [ingest]
 * @property {{ add?: Count, remove?: Count, move?: Count, failed?: Count }} [commands]
 * @property {Count} [forecasts]
 * @property {Count} [breaches]
 * @property {{ pauses?: Pause[] }} [pause]
 * @property {Command[]} [openCommands]
 * @property {string[]} [problems]
 * @property {Latency} [applyLatencySeconds]
 */

/**
 * @typedef {object} Forecast
 * @property {number} [group]
 * @property {string} [resource]
 * @property {string} [model]
 * @property {string} [issuedAt]
 * @property {string} [step] For example "300s".
 * @property {number[]} [levels] Ascending quantile levels.
 * @property {number[]} [values] Row-major: steps times levels.
 * @property {{ time?: string, value?: number }[]} [history]
 * @property {boolean} [trusted]
 * @property {string} [trustReason]
 */

/**
 * @typedef {object} Decision
 * @property {string} [id]
 * @property {string} [time]
 * @property {number} [group]
 * @property {string} [action]
 * @property {string} [reasonCode]
 * @property {string} [sentence]
 * @property {number} [members]
 * @property {number} [desired]
 * @property {string} [serial]
 * @property {string} [recordJson]
 */

/** @typedef {{ group?: number, time?: string, sentences?: string[], decision?: Decision, since?: string }} Explanation */

export {};
