import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../server/progress/sqlite.ts';
import { describeProgressStore } from '../../contract/progress-store.ts';

describeProgressStore(() => {
  const folder = mkdtempSync(join(tmpdir(), 'tadak-store-'));
  return {
    open: () => openSqliteStore(join(folder, 'progress.db')),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
});
