// The sample publication for the browser tests: one server for a whole test file, on a free port, in a folder of its own.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {root} from './site.mjs';

const binary = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'release/courant');

/** Starts `courant demo`; gives its address, the folder that it lies in, and how to end it. */
export async function demo() {
    if (!existsSync(binary)) {
        throw new Error(`${binary} is not there: cargo build --release --package courant`);
    }
    const folder = mkdtempSync(join(tmpdir(), 'courant-browser-'));
    const server = spawn(binary, ['demo', '--dir', folder, '--listen', '127.0.0.1:0'], {
        env: {...process.env, COURANT_LOG: 'error'}, stdio: ['ignore', 'pipe', 'inherit']
    });
    let said = '';
    for await (const part of server.stdout) {
        said += part;
        if (said.includes('Ctrl+C')) {
            break;
        }
    }
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    if (!url) {
        throw new Error(`the demo does not say where it is: ${said}`);
    }
    // Until it has ended it writes in its folder.
    const close = async () => {
        const ended = once(server, 'exit');
        server.kill();
        await ended;
        rmSync(folder, {recursive: true, force: true});
    };
    return {url, folder, close};
}
