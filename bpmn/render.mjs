// Draws every model as a picture for the documentation: npm install && npm run render
// Needs a Chromium; CHROMIUM names it where it is not /usr/bin/chromium.
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const pictures = join(here, '..', 'docs', 'images', 'models');
const viewer = join(here, 'node_modules', 'bpmn-js', 'dist');
const margin = 20;

const models = [];
for (const folder of ['case', 'ladders', 'steps', 'holds', 'contact', 'scoring']) {
  for (const file of (await readdir(join(here, folder))).sort()) {
    if (file.endsWith('.bpmn')) {
      models.push(join(here, folder, file));
    }
  }
}

const style = await readFile(join(viewer, 'assets', 'diagram-js.css'), 'utf8')
  + await readFile(join(viewer, 'assets', 'bpmn-js.css'), 'utf8')
  + 'body { margin: 0 } .bjs-powered-by { display: none }';
await mkdir(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox']
});
try {
  for (const model of models) {
    await draw(model, join(pictures, `${basename(model, '.bpmn')}.png`));
  }
} finally {
  await browser.close();
}

async function draw(model, picture) {
  const page = await browser.newPage({ deviceScaleFactor: 1.5 });
  await page.setContent(`<style>${style}</style><div id="canvas" style="width:10px;height:10px"></div>`);
  await page.addScriptTag({ path: join(viewer, 'bpmn-viewer.production.min.js') });
  const box = await page.evaluate(async xml => {
    window.viewer = new window.BpmnJS({ container: '#canvas' });
    const { warnings } = await window.viewer.importXML(xml);
    if (warnings.length) {
      throw new Error(warnings.map(warning => warning.message).join('\n'));
    }
    return window.viewer.get('canvas').viewbox().inner;
  }, await readFile(model, 'utf8'));
  const size = { width: Math.ceil(box.width) + 2 * margin, height: Math.ceil(box.height) + 2 * margin };
  await page.setViewportSize(size);
  await page.evaluate(({ box, size, margin }) => {
    Object.assign(document.getElementById('canvas').style, { width: `${size.width}px`, height: `${size.height}px` });
    const canvas = window.viewer.get('canvas');
    canvas.resized();
    canvas.viewbox({ x: box.x - margin, y: box.y - margin, ...size });
  }, { box, size, margin });
  await page.screenshot({ path: picture });
  await page.close();
  console.log(picture);
}
