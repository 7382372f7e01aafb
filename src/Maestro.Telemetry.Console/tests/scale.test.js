import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bandPath,
  linear,
  linePath,
  nearest,
  stepPath,
  timeTicks,
  valueAt,
  valueTicks,
} from '../wwwroot/js/scale.js';

const same = v => v;
const points = (...pairs) => pairs.map(([t, v]) => ({ t, v }));

test('linear maps ends to ends and survives an empty domain', () => {
  assert.deepEqual([0, 5, 10].map(linear(0, 10, 100, 0)), [100, 50, 0]);
  assert.ok(Number.isFinite(linear(3, 3, 0, 100)(3)));
});

test('valueTicks begin at 0, are even and cover the maximum', () => {
  for (const maximum of [0.0003, 0.7, 1, 9.6, 10, 137, 4.2e10]) {
    const ticks = valueTicks(maximum, 4);
    assert.equal(ticks[0], 0);
    assert.ok(ticks.at(-1) >= maximum, `${ticks} cover ${maximum}`);
    assert.ok(ticks.length >= 3 && ticks.length <= 6, `${ticks.length} ticks for ${maximum}`);
  }

  assert.deepEqual(valueTicks(NaN, 4), [0, 0.25, 0.5, 0.75, 1]);
});

test('timeTicks are round, inside and no more than wanted', () => {
  const from = Date.UTC(2026, 10, 22, 0, 12);
  const ticks = timeTicks(from, from + 12 * 3_600_000, 6);
  assert.ok(ticks.length >= 4 && ticks.length <= 6);
  assert.ok(ticks.every(t => t >= from && t <= from + 12 * 3_600_000 && new Date(t).getMinutes() === 0));
  assert.deepEqual(timeTicks(5, 5, 4), []);
});

test('linePath breaks at a gap', () => {
  assert.equal(linePath(points([0, 1], [1, 2], [9, 3]), same, same, 2), 'M0 1L1 2M9 3');
  assert.equal(linePath([], same, same), '');
});

test('stepPath holds each value until the next', () => {
  assert.equal(stepPath(points([0, 1], [4, 2]), 9, same, same), 'M0 1H4V2H9');
  assert.equal(stepPath([], 9, same, same), '');
});

test('bandPath goes out along the top and back along the bottom', () => {
  assert.equal(bandPath(points([0, 1], [1, 1]), points([0, 3], [1, 4]), same, same), 'M0 3L1 4L1 1L0 1Z');
});

test('valueAt and nearest', () => {
  const steps = points([10, 1], [20, 2]);
  assert.deepEqual(
    [5, 10, 19, 25].map(t => valueAt(steps, t)),
    [undefined, 1, 1, 2],
  );
  assert.equal(nearest(steps, 16)?.v, 2);
  assert.equal(nearest([], 16), undefined);
});
