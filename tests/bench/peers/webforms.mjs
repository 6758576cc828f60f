// ODK Web Forms' engine on the forms of make_forms, in Node: writes lines "form<TAB>step<TAB>milliseconds".
//   node webforms.mjs MODULES FORMS
// MODULES holds @getodk/xforms-engine and jsdom, as tests/bench/peers/run installs them. A step that is
// not done after a minute is left out, and said so.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, forms] = process.argv.slice(2);
const require = createRequire(join(modules, 'package.json'));
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('<html></html>', { url: 'https://localhost/' });
for (const name of Object.getOwnPropertyNames(window))
    if (/^(document|navigator|DOM|XML|XPath|Node|Element|Attr|Document|Text|CDATA|Comment|HTML|Named)/.test(name)
        && !(name in globalThis))
        globalThis[name] = window[name];
globalThis.window ??= window;
// The published build is one for browsers: what it can tell of Node leads it astray.
const exit = process.exit.bind(process);
Object.defineProperty(globalThis, 'process', { value: undefined, configurable: true, writable: true });

const engine = await import(
    pathToFileURL(join(modules, 'node_modules/@getodk/xforms-engine/dist/index.js')));
const patience = 60_000;

async function open(name) {
    const xml = readFileSync(join(forms, name + '.xml'), 'utf8');
    const fetchFormAttachment = async (url) =>
        new Response(readFileSync(join(forms, String(url).split('/').pop())),
            { headers: { 'Content-Type': 'text/csv' } });
    const loaded = await engine.loadForm(xml, { fetchFormAttachment });
    if (loaded.status === 'failure') throw loaded.error;
    return loaded.createInstance({}).root;
}

function* questions(node) {
    for (const child of node.currentState.children ?? []) {
        if (child.nodeType === 'input' || child.nodeType === 'select') yield child;
        yield* questions(child);
    }
}

function answer(node) {
    if (!node.currentState.relevant) return;
    if (node.nodeType === 'input') return node.setValue(node.valueType === 'int' ? 5n : 'some words');
    const [first] = node.currentState.valueOptions;
    if (first) node.selectValue ? node.selectValue(first.value) : node.selectValues([first.value]);
}

function report(form, step, milliseconds) {
    console.log(`${form}\t${step}\t${milliseconds.toFixed(2)}`);
}

async function measure(form) {
    let start = performance.now();
    let root = await open(form);
    start = performance.now();  // the second time: warm
    root = await open(form);
    report(form, form === 'survey' ? 'ready to fill' : 'load', performance.now() - start);
    start = performance.now();
    let done = 0;
    for (const node of questions(root)) {
        answer(node);
        ++done;
        if (performance.now() - start > patience) {
            console.error(`webforms: ${form}: stopped after ${done} answers in ${patience / 1000} s`);
            return;
        }
    }
    report(form, 'answer all', performance.now() - start);
}

for (const form of ['survey', 'chained_1000']) {
    try {
        await measure(form);
    } catch (problem) {
        console.error(`webforms: ${form}: ${problem?.message ?? problem}`);
    }
}
exit(0);
