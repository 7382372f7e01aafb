import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  count,
  duration,
  localAndUtc,
  number,
  percent,
  plural,
  relative,
  seconds,
  si,
  tick,
  words,
} from '../wwwroot/js/format.js';

test('number reads 64-bit strings and makes what is missing or no number 0', () => {
  assert.deepEqual(['12', 12, undefined, null, 'x', NaN, {}].map(number), [12, 12, 0, 0, 0, 0, 0]);
});

test('si keeps three digits and carries over to the next prefix', () => {
  assert.deepEqual(
    [0, 12, 999.4, 999.6, 1234, 31.2e9, 310e3, 999_600].map(v => si(v)),
    ['0', '12', '999', '1.00 k', '1.23 k', '31.2 G', '310 k', '1.00 M'],
  );
  assert.equal(si(31.2e9, 'bit/s'), '31.2 Gbit/s');
});

test('tick is short', () => {
  assert.deepEqual([0, 0.25, 7.5, 1000, 2.5e6, 60e9].map(tick), ['0', '0.25', '7.5', '1 k', '2.5 M', '60 G']);
});

test('duration uses its largest fitting unit', () => {
  assert.deepEqual([-3, 0, 59.4, 60, 3599, 7200, 7500, 200_000].map(duration), [
    '0 s',
    '0 s',
    '59 s',
    '1 min',
    '1 h',
    '2 h',
    '2 h 5 min',
    '2 d',
  ]);
  assert.equal(duration(NaN), '–');
});

test('relative says which side of now a time is on', () => {
  assert.equal(relative(60_000, 0), 'in 1 min');
  assert.equal(relative(0, 60_000), '1 min ago');
  assert.equal(relative(0, 400), 'now');
  assert.equal(relative(NaN, 0), '');
});

test('seconds reads a protobuf duration', () => {
  assert.deepEqual(['300s', '0.5s', undefined, '5m'].map(seconds), [300, 0.5, 0, 0]);
});

test('localAndUtc names UTC and is empty for what is no time', () => {
  assert.match(localAndUtc(Date.UTC(2026, 0, 2, 3, 4, 5)), / · 2026-01-02 03:04:05 UTC$/);
  assert.equal(localAndUtc(NaN), '');
});

test('small texts', () => {
  assert.equal(percent(61.6), '62 %');
  assert.equal(count('1234567'), '1,234,567');
  assert.deepEqual([plural(1, 'SGM'), plural(0, 'SGM')], ['1 SGM', '0 SGMs']);
  assert.deepEqual(
    [words('WITHIN_DEADBAND'), words('ActiveStandby'), words(undefined)],
    ['within deadband', 'active standby', ''],
  );
});
