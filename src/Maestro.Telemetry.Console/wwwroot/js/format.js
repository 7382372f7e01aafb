// @ts-check
// Numbers, units and times as text. Pure: no clock, no document.

const LOCALE = 'en-GB';
const integers = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const clockTime = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const clockSeconds = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayTime = new Intl.DateTimeFormat(LOCALE, {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const full = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'long' });
const SI = ['', 'k', 'M', 'G', 'T', 'P'];

/** What stands where a value is not known. */
export const NONE = '–';

/**
 * A number out of a JSON value; 64-bit integers come as strings and a missing value is 0.
 * @param {unknown} value
 * @returns {number}
 */
export function number(value) {
  const result = typeof value === 'string' ? Number(value) : value;
  return typeof result === 'number' && Number.isFinite(result) ? result : 0;
}

/**
 * Milliseconds since 1970 of an RFC 3339 time; NaN when it is missing or wrong.
 * @param {string | undefined} text
 */
export function instant(text) {
  return text ? Date.parse(text) : NaN;
}

/**
 * Seconds of a protobuf duration such as "300s"; 0 when it is missing or wrong.
 * @param {string | undefined} text
 */
export function seconds(text) {
  const match = /^(-?\d+(?:\.\d+)?)s$/.exec(text ?? '');
  return match ? Number(match[1]) : 0;
}

/** @param {unknown} value */
export function count(value) {
  return integers.format(number(value));
}

/**
 * A value with a fixed number of decimals, so that a changing number keeps its width.
 * @param {unknown} value
 * @param {number} [decimals]
 */
export function fixed(value, decimals = 1) {
  return number(value).toFixed(decimals);
}

/** @param {unknown} value 0 to 100. */
export function percent(value) {
  return `${Math.round(number(value))} %`;
}

/**
 * With an SI prefix and a unit: 31200000000 and "bit/s" make "31.2 Gbit/s".
 * @param {unknown} value
 * @param {string} [unit]
 */
export function si(value, unit = '') {
  const amount = number(value);
  let exponent = 0;
  let scaled = amount;
  while (Math.abs(scaled) >= 999.5 && exponent < SI.length - 1) {
    scaled /= 1000;
    exponent += 1;
  }

  const decimals = exponent === 0 || Math.abs(scaled) >= 99.95 ? 0 : Math.abs(scaled) >= 9.995 ? 1 : 2;
  const suffix = `${SI[exponent]}${unit}`;
  return suffix ? `${scaled.toFixed(decimals)} ${suffix}` : scaled.toFixed(decimals);
}

/**
 * A value of an axis, as short as it can be: "0.25", "2.5 M".
 * @param {number} value
 */
export function tick(value) {
  let exponent = 0;
  let scaled = value;
  while (Math.abs(scaled) >= 1000 && exponent < SI.length - 1) {
    scaled /= 1000;
    exponent += 1;
  }

  return `${Number(scaled.toPrecision(4))} ${SI[exponent]}`.trim();
}

/**
 * A length of time in its largest fitting unit: "42 s", "3 min", "2 h 5 min", "4 d".
 * @param {number} length Seconds.
 */
export function duration(length) {
  if (!Number.isFinite(length)) {
    return NONE;
  }

  const whole = Math.max(0, Math.round(length));
  if (whole < 60) {
    return `${whole} s`;
  }

  const minutes = Math.round(whole / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }

  const hours = Math.floor(minutes / 60);
  return hours >= 48
    ? `${Math.floor(hours / 24)} d`
    : minutes % 60 === 0
      ? `${hours} h`
      : `${hours} h ${minutes % 60} min`;
}

/**
 * How far a time lies from now: "in 12 min", "3 min ago".
 * @param {number} time
 * @param {number} now
 */
export function relative(time, now) {
  if (!Number.isFinite(time) || !Number.isFinite(now)) {
    return '';
  }

  const apart = (time - now) / 1000;
  return Math.abs(apart) < 1 ? 'now' : apart > 0 ? `in ${duration(apart)}` : `${duration(-apart)} ago`;
}

/** @param {number} time */
export function clock(time) {
  return Number.isFinite(time) ? clockTime.format(time) : NONE;
}

/** @param {number} time */
export function clockWithSeconds(time) {
  return Number.isFinite(time) ? clockSeconds.format(time) : NONE;
}

/** @param {number} time */
export function dayAndTime(time) {
  return Number.isFinite(time) ? dayTime.format(time) : NONE;
}

/**
 * Both local time and UTC, for a tooltip.
 * @param {number} time
 */
export function localAndUtc(time) {
  if (!Number.isFinite(time)) {
    return '';
  }

  const utc = new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
  return `${full.format(time)} · ${utc}`;
}

/**
 * "1 SGM", "4 SGMs".
 * @param {number} amount
 * @param {string} one
 * @param {string} [many]
 */
export function plural(amount, one, many = `${one}s`) {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

/**
 * A reason code or enum name in words: WITHIN_DEADBAND and WithinDeadband make "within deadband".
 * @param {string | undefined} code
 */
export function words(code) {
  return (code ?? '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/_/g, ' ')
    .trim()
    .toLowerCase();
}
