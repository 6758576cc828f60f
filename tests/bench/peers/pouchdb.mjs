// PouchDB bringing documents to a PouchDB server on this machine, in Node: writes lines
// "step<TAB>milliseconds<TAB>bytes<TAB>requests" for all documents, for some changed ones, for nothing.
//   node pouchdb.mjs MODULES FOLDER ALL CHANGED
// MODULES holds pouchdb, express-pouchdb and express, as tests/bench/peers/pouchdb installs them. ALL and CHANGED
// have one JSON document a line; in CHANGED only the changed answers of it. The server is a process of its own;
// every byte goes through a relay that counts.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [modules, folder, all, changed] = process.argv.slice(2);
const require = createRequire(join(modules, 'package.json'));
const PouchDB = require('pouchdb');

if (process.send) {
    const app = require('express')();
    const stored = PouchDB.defaults({ prefix: join(folder, 'server') + '-' });
    app.use('/', require('express-pouchdb')(stored, { mode: 'minimumForPouchDB', logPath: join(folder, 'log') }));
    const listening = app.listen(0, '127.0.0.1', () => process.send(listening.address().port));
} else {
    const server = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { stdio: ['ignore', 2, 2, 'ipc'] });
    const port = await new Promise((told) => server.once('message', told));
    let bytes = 0, requests = 0;
    const relay = createServer((near) => {
        const far = connect(port, '127.0.0.1');
        near.on('data', (some) => {
            bytes += some.length;
            if (/^(GET|POST|PUT|HEAD) /.test(some.subarray(0, 6).toString('latin1'))) ++requests;
            far.write(some);
        });
        far.on('data', (some) => { bytes += some.length; near.write(some); });
        near.on('close', () => far.destroy()).on('error', () => {});
        far.on('close', () => near.destroy()).on('error', () => {});
    });
    await new Promise((ready) => relay.listen(0, '127.0.0.1', ready));

    const local = new PouchDB(join(folder, 'laptop'));
    const remote = new PouchDB(`http://127.0.0.1:${relay.address().port}/audits`);
    const documents = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => {
        const document = JSON.parse(line);
        return { ...document, _id: document.instanceID };
    });
    const sync = async (step) => {
        bytes = requests = 0;
        const began = performance.now();
        const done = await local.replicate.to(remote, { batch_size: 500 });
        if (!done.ok || done.errors.length > 0) throw new Error(`${step} did not arrive`);
        console.log([step, (performance.now() - began).toFixed(1), bytes, requests].join('\t'));
    };
    const first = documents(all);
    for (let at = 0; at < first.length; at += 1000) await local.bulkDocs(first.slice(at, at + 1000));
    await sync('all');
    for (const document of documents(changed)) {
        const before = await local.get(document._id);
        for (const [group, answers] of Object.entries(document))
            if (typeof answers === 'object') before[group] = { ...before[group], ...answers };
        await local.put(before);
    }
    await sync('changed');
    await sync('nothing');
    server.kill();
    process.exit(0);
}
