import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alertRules } from './alerts.js';
import { build } from './board.js';
import { autoscalerBoard } from './boards-autoscaler.js';
import { collectorBoard } from './boards-collector.js';
import { fabricBoard } from './boards-fabric.js';
import { forecastBoard } from './boards-forecast.js';
import { groupBoard } from './boards-group.js';
import { sgmBoard } from './boards-sgm.js';

// Where the files go; the test that holds them to this source writes them elsewhere.
const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..');

function write(path: string, content: unknown): void {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

for (const board of [fabricBoard, groupBoard, sgmBoard, autoscalerBoard, forecastBoard, collectorBoard]) {
    write(`dashboards/${board.uid}.json`, build(board));
}

write('provisioning/alerting/maestro.json', alertRules);
