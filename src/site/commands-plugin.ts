/**
 * Expressive Code plugin: a block marked by `prose-source.ts` carries its commands, each with a button that an island
 * turns into "type this into the terminal". Knows nothing about the terminal.
 */
import { definePlugin, type ExpressiveCodePlugin } from '@astrojs/starlight/expressive-code';
import { h, setProperty } from '@astrojs/starlight/expressive-code/hast';
import { splitCommands } from '../course/command-lines.ts';
import { isLocale, type Locale } from '../course/locales.ts';
import { t } from '../i18n/t.ts';
import { commandMark } from './prose-source.ts';

/** The language of a text's file name: `…/ko.mdx`. */
export function localeOfFile(path: string | undefined): Locale {
  const name = /([a-z]+)\.mdx$/.exec(path ?? '')?.[1];
  return isLocale(name) ? name : 'ko';
}

/**
 * Expressive Code makes every block that scrolls a landmark without a name. A page full of them helps nobody to find their
 * way; as a group it can still be scrolled by the keyboard.
 */
const groupsInsteadOfLandmarks = `new MutationObserver((changes) => {
  for (const { target } of changes)
    if (target.matches('.expressive-code pre[role=region]')) target.setAttribute('role', 'group');
}).observe(document.body, { subtree: true, attributeFilter: ['role'] });`;

/** Creates the plugin. */
export function createCommandsPlugin(): ExpressiveCodePlugin {
  return definePlugin({
    name: 'tadak-commands',
    jsModules: [groupsInsteadOfLandmarks],
    hooks: {
      postprocessRenderedLine: ({ codeBlock, lineIndex, renderData }) => {
        if (!codeBlock.metaOptions.getBoolean(commandMark)) return;
        const command = splitCommands(codeBlock.code).find(({ firstLine }) => firstLine === lineIndex);
        if (!command) return;
        const label = t(localeOfFile(codeBlock.parentDocument?.sourceFilePath))['command.typeThis'](command.text);
        const button = h('button', {
          type: 'button',
          'data-type-command': command.text,
          'aria-label': label,
          title: label,
        });
        renderData.lineAst.children.unshift(button);
      },
      postprocessRenderedBlock: ({ codeBlock, renderData }) => {
        if (codeBlock.metaOptions.getBoolean(commandMark))
          setProperty(renderData.blockAst, 'data-command', codeBlock.code);
      },
    },
  });
}
