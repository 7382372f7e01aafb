// Logs in at the console in Chromium with the keyboard alone, as somebody who sees nothing would, and says what the page
// tells, as JSON. Usage: node login.mjs URL TOKEN
import { chromium } from 'playwright-core';

const patience = 30_000;
const [url, token] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--ignore-certificate-errors',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
try {
  const context = await browser.newContext({ colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const dialog = page.getByRole('dialog', { name: 'Log in' });
  await dialog.waitFor({ timeout: patience });
  const focused = await page.evaluate(() => document.activeElement?.id);

  await page.keyboard.press('Escape');
  const stays = await dialog.isVisible();

  await page.keyboard.type('mst_wrong');
  await page.keyboard.press('Enter');
  const problem = await page.getByRole('alert').innerText({ timeout: patience });

  await page.getByLabel('Token or password').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(token);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden', timeout: patience });
  await page.waitForFunction(
    () => document.getElementById('connection')?.textContent?.includes('Live'), undefined, { timeout: patience });
  const cookies = await context.cookies();
  const scripts = await page.evaluate(() => document.cookie);
  const who = await page.locator('#who').innerText();

  await page.getByRole('button', { name: 'Log out' }).press('Enter');
  await dialog.waitFor({ timeout: patience });
  console.log(JSON.stringify({ focused, stays, problem, who, cookies, scripts, left: (await context.cookies()).length }));
} finally {
  await browser.close();
}
