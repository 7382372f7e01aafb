// Opens the console in Chromium as a person would, waits until it shows something, and says what it shows, as JSON.
// Usage: node console.mjs URL
import { chromium } from 'playwright-core';

const patience = 45_000;
const errors = [];
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1200 } });
  page.on('pageerror', error => errors.push(error.message));
  page.on('console', message => {
    // A forecast that is not there yet is a 404 that the page expects.
    if (message.type() === 'error' && !message.text().includes('404')) {
      errors.push(message.text());
    }
  });
  await page.goto(process.argv[2], { waitUntil: 'load' });
  await page.waitForSelector('#group-cards h3', { timeout: patience });
  await page.waitForSelector('#decision-rows tr', { timeout: patience });
  await page.waitForFunction(
    () => document.getElementById('connection')?.textContent?.includes('Live'), undefined, { timeout: patience });
  console.log(JSON.stringify({
    title: await page.title(),
    groups: await page.locator('#group-cards h3').allTextContents(),
    charts: await page.locator('#group-cards svg').count(),
    sites: await page.locator('#sites h3').allTextContents(),
    text: await page.locator('#sites').innerText(),
    decisions: await page.locator('#decision-rows tr').count(),
    errors,
  }));
} finally {
  await browser.close();
}
