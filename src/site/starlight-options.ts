/**
 * How Starlight is set up: languages, the lesson list, our components in place of its own, code blocks.
 * Knows nothing about the components' insides.
 */
import { resolve } from 'node:path';
import type { StarlightUserConfig } from '@astrojs/starlight/types';
import { plainText } from '../i18n/rich-text.ts';
import { createCommandsPlugin, localeOfFile } from './commands-plugin.ts';
import type { PublicCourse } from './public-course.ts';
import type { SiteSettings } from './settings.ts';

const overridden = [
  'Footer',
  'Head',
  'Header',
  'Hero',
  'LanguageSelect',
  'MobileMenuFooter',
  'PageFrame',
  'PageSidebar',
  'PageTitle',
  'Pagination',
  'Search',
  'Sidebar',
  'SiteTitle',
  'ThemeSelect',
  'TwoColumnContent',
  'ContentPanel',
] as const;

const styles = ['tokens', 'base', 'prose', 'controls', 'print'] as const;

function buildSidebar(course: PublicCourse): NonNullable<StarlightUserConfig['sidebar']> {
  return course.chapters.map(({ title, lessons }) => ({
    label: plainText(title.ko),
    translations: { en: plainText(title.en) },
    items: lessons.map((lesson) => `${lesson.chapter}/${lesson.id}`),
  }));
}

/** Starlight's options for a course. */
export function buildStarlightOptions(settings: SiteSettings, course: PublicCourse): StarlightUserConfig {
  return {
    title: { ko: '타닥', en: 'Tadak' },
    favicon: '/favicon.svg',
    locales: { root: { label: '한국어', lang: 'ko' }, en: { label: 'English', lang: 'en' } },
    sidebar: buildSidebar(course),
    tableOfContents: false,
    // Absolute, since the preview's working folder is not the project's.
    customCss: styles.map((name) => resolve(settings.rootFolder, `src/styles/${name}.css`)),
    components: Object.fromEntries(
      overridden.map((name) => [name, resolve(settings.rootFolder, `src/components/frame/${name}.astro`)]),
    ),
    // Heading links would be named in one language only: Starlight tells the language by a path that our files do not have.
    markdown: { processedDirs: [settings.courseFolder], headingLinks: false },
    expressiveCode: {
      themes: ['github-dark-default', 'github-light-default'],
      plugins: [createCommandsPlugin()],
      getBlockLocale: ({ file }) => localeOfFile(file.path),
      defaultProps: {
        overridesByLang: { 'bash,sh,shell': { frame: 'none', wrap: true }, 'console,text': { frame: 'none' } },
      },
      // What a machine printed is shown as it is, not coloured as if it were a language.
      shiki: { langAlias: { console: 'txt' } },
      useStarlightUiThemeColors: false,
      styleOverrides: {
        borderRadius: '0.5rem',
        borderColor: 'var(--tadak-line)',
        codeBackground: 'var(--tadak-code-bg)',
        codeFontFamily: 'var(--tadak-mono)',
        codeFontSize: '0.875rem',
        codeLineHeight: '1.8',
        codePaddingInline: '1rem',
        codePaddingBlock: '0.75rem',
        focusBorder: 'var(--tadak-accent)',
        uiFontFamily: 'var(--tadak-sans)',
        frames: { frameBoxShadowCssValue: 'none' },
      },
    },
  };
}
