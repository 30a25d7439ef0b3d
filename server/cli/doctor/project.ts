/**
 * The doctor on our own parts: Node, the terminal module, the course.
 */

import { toFault } from '../../../src/faults.ts';
import type { Config } from '../../config.ts';
import { loadCourse } from '../../course/load.ts';
import type { Finding } from './finding.ts';

const neededNode = 24;

/** Looks at Node, node-pty and the course. */
export async function examineProject(config: Config): Promise<readonly Finding[]> {
  return [examineNode(), await examinePty(), await examineCourse(config.course)];
}

function examineNode(): Finding {
  const isFine = Number(process.versions.node.split('.')[0]) >= neededNode;
  const text = `Node ${process.versions.node}`;
  const hint = {
    ko: `${text}: ${neededNode} 이상이 필요해요. npm start 로 시작하면 맞는 것을 써요.`,
    en: `${text}: ${neededNode} or later is needed; npm start uses the right one.`,
  };
  return { id: 'node', status: isFine ? 'ok' : 'problem', text: isFine ? { ko: text, en: text } : hint };
}

async function examinePty(): Promise<Finding> {
  try {
    await import('../../lab/node-pty.ts');
    return {
      id: 'pty',
      status: 'ok',
      text: { ko: '터미널 모듈(node-pty)이 있어요.', en: 'The terminal module (node-pty) is there.' },
    };
  } catch {
    const text = {
      ko: '터미널 모듈(node-pty)이 컴파일되지 않았어요. npm start 가 컴파일해요.',
      en: 'The terminal module (node-pty) is not compiled; npm start does it.',
    };
    return { id: 'pty', status: 'problem', text };
  }
}

async function examineCourse(folder: string): Promise<Finding> {
  try {
    const { issues } = await loadCourse(folder);
    const errors = issues.filter(({ severity }) => severity === 'error').length;
    if (errors === 0)
      return {
        id: 'course',
        status: 'ok',
        text: { ko: `강의에 문제가 없어요(${folder}).`, en: `The course is in order (${folder}).` },
      };
    const text = {
      ko: `강의에 고칠 곳이 ${errors}군데 있어요. tadak lint 로 볼 수 있어요.`,
      en: `The course has ${errors} problems; tadak lint shows them.`,
    };
    return { id: 'course', status: 'problem', text };
  } catch (thrown) {
    return { id: 'course', status: 'problem', text: toFault(thrown).sentence };
  }
}
