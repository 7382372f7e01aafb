import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fan } from '../wwwroot/js/fan.js';
import {
  capacitySteps,
  groupName,
  load,
  memberState,
  siteViews,
  targetWork,
  weightsOf,
} from '../wwwroot/js/model.js';

const iso = t => new Date(t).toISOString();
const MINUTE = 60_000;

test('siteViews puts each SGM in its group on its site, and the rest in the pool', () => {
  const views = siteViews({
    sites: [{ id: 2 }, { id: 1, orchestrators: [{ id: '1_1', reachable: true }], pool: ['P1', 'SILENT'] }],
    groups: [{ id: 7, name: 'Perimeter' }],
    gateways: [
      { serial: 'B', site: 1, securityGroup: 7, memberId: 2 },
      { serial: 'A', site: 1, securityGroup: 7, memberId: 1 },
      { serial: 'P1', site: 1 },
      { serial: 'LOST', site: 3, securityGroup: 9 },
    ],
  });

  assert.deepEqual(
    views.map(v => v.id),
    [1, 2, 3],
  );
  assert.deepEqual(
    views[0].groups.map(g => [g.name, g.gateways.map(x => x.serial)]),
    [['Perimeter', ['A', 'B']]],
  );
  assert.deepEqual(
    views[0].pool.map(g => g.serial),
    ['P1', 'SILENT'],
  );
  assert.equal(views[2].groups[0].name, 'Security Group 9');
});

test('siteViews of an empty status is empty', () => assert.deepEqual(siteViews({}), []));

test('groupName falls back to the number', () => {
  assert.equal(groupName(undefined, 4), 'Security Group 4');
  assert.equal(groupName({ groups: [{ id: 4, name: 'X' }] }, 4), 'X');
});

test('memberState does not mind case and shows what it does not know', () => {
  assert.equal(memberState('ACTIVE').tone, 'good');
  assert.equal(memberState('Lost').tone, 'bad');
  assert.equal(memberState('Something').word, 'Something');
  assert.equal(memberState(undefined).word, 'Unknown');
});

test('load and targetWork', () => {
  assert.deepEqual([0, 69.9, 70, 85].map(load), ['low', 'low', 'high', 'hot']);
  assert.equal(targetWork({ demandCpuWork: 3.5, utilization: 0.5 }), 7);
  assert.equal(targetWork({ demandCpuWork: 3.5 }), undefined);
});

test('capacitySteps takes verified changes back by the weight of the SGM', () => {
  const commands = [
    {
      kind: 'Add',
      serial: 'B',
      toGroup: 1,
      state: 'Verified',
      createdAt: iso(70 * MINUTE),
      updatedAt: iso(80 * MINUTE),
    },
    {
      kind: 'Add',
      serial: 'C',
      toGroup: 1,
      state: 'Failed',
      createdAt: iso(50 * MINUTE),
      updatedAt: iso(51 * MINUTE),
    },
    {
      kind: 'Move',
      serial: 'A',
      fromGroup: 1,
      toGroup: 2,
      state: 'Verified',
      createdAt: iso(30 * MINUTE),
      updatedAt: iso(40 * MINUTE),
    },
  ];
  const weights = weightsOf([{ serial: 'A' }, { serial: 'B', weight: 2 }]);
  const seen = [
    { t: 100 * MINUTE, v: 6 },
    { t: 110 * MINUTE, v: 5 },
  ];

  assert.deepEqual(
    capacitySteps(1, seen, commands, weights, 0, true).map(p => [p.t / MINUTE, p.v]),
    [
      [0, 5],
      [40, 4],
      [80, 6],
      [110, 5],
    ],
  );
  assert.equal(capacitySteps(1, seen, commands, weights, 0, false)[0].t, 30 * MINUTE);
  assert.deepEqual(capacitySteps(1, [], commands, weights, 0, true), []);
});

test('fan finds the median and the two bands, and follows the history', () => {
  const levels = [0.025, 0.1, 0.5, 0.9, 0.975];
  const result = fan({
    issuedAt: iso(11 * MINUTE),
    step: '300s',
    levels,
    values: [1, 2, 3, 4, 5, 2, 3, 4, 5, 6],
    history: [{ time: iso(5 * MINUTE), value: 3 }],
  });

  assert.deepEqual(
    result.times.map(t => t / MINUTE),
    [10, 15],
  );
  assert.deepEqual(
    result.median.map(p => p.v),
    [3, 4],
  );
  assert.deepEqual(
    result.bands.map(b => [b.low, b.high, b.lower[0].v, b.upper[1].v]),
    [
      [0.025, 0.975, 1, 6],
      [0.1, 0.9, 2, 5],
    ],
  );
});

test('fan of other levels takes the nearest, and of nothing is empty', () => {
  const upperOnly = fan({ issuedAt: iso(0), step: '60s', levels: [0.5, 0.95], values: [1, 2] });
  assert.deepEqual(
    upperOnly.bands.map(b => [b.low, b.high]),
    [[0.5, 0.95]],
  );
  assert.deepEqual(fan(undefined), { times: [], median: [], bands: [] });
  assert.deepEqual(fan({ levels: [0.5], values: [1], issuedAt: 'x', step: '1s' }).times, []);
});
