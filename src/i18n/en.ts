/**
 * Every sentence of the interface in English. The keys are the source: `ko.ts` must have the same ones.
 * Sections are append-only; a key's prefix names the part of the interface. Knows nothing about who shows them.
 */

/** English. Values with parameters are plain functions. */
export const en = {
  // Navigation and frame
  'nav.skip': 'Skip to the text',
  'nav.menu': 'Menu',
  'nav.lessons': 'Lessons',
  'nav.home': 'Course home',
  'nav.language': 'Language',
  'verified.on': (day: string, lab: string) =>
    `Verified on ${day}: every command and check of this lesson was tried on ${lab}.`,
  'verified.changed': (day: string, lab: string) => `Changed since it was last verified (${day}, ${lab}).`,
  'verified.notRun': (count: number) =>
    count === 1 ? 'One step could not run there.' : `${count} steps could not run there.`,
  'verified.variants': (system: string) =>
    `Where commands differ by distribution, only those for ${system} were typed.`,
  'verified.qemu': 'the lab’s virtual machine',
  'verified.container': 'the lab’s system container',
  'verified.local': 'the author’s computer',
  'nav.previous': 'Previous lesson',
  'nav.next': 'Next lesson',
  'nav.lessonDone': 'Done',
  'nav.lessonStarted': 'Started',
  'nav.theme': 'Colours',
  'nav.themeAuto': 'Auto',
  'nav.themeLight': 'Light',
  'nav.themeDark': 'Dark',
  'nav.notFoundTitle': 'There is no such page',
  'nav.notFoundBody': 'The address may be mistyped, or the page may have moved.',

  // Search
  'search.open': 'Search',
  'search.label': 'Search the lessons',
  'search.close': 'Close search',
  'search.hint': 'Type a word to search every lesson.',
  'search.none': (query: string) => `Nothing found for “${query}”.`,
  'search.count': (count: number) => (count === 1 ? '1 page' : `${count} pages`),
  'search.unavailable': 'Search is not available in this preview.',

  // Course home
  'course.start': 'Start the course',
  'course.continue': 'Continue',
  'course.continueAt': (title: string) => `Continue: ${title}`,
  'course.contents': 'Contents',
  'course.progress': (done: number, all: number) => `${done} of ${all} steps done`,
  'course.lessonProgress': (done: number, all: number) => `${done}/${all}`,
  'course.facts': (lessons: number, steps: number) =>
    `${lessons === 1 ? '1 lesson' : `${lessons} lessons`}, ${steps === 1 ? '1 hands-on step' : `${steps} hands-on steps`}`,
  'course.time': (minutes: number) => (minutes < 60 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} h`),
  'course.objectives': 'What you will be able to do',

  // Lesson
  'lesson.minutes': (minutes: number) => `about ${minutes} min`,
  'lesson.objectives': 'In this lesson',
  'lesson.steps': 'Steps',
  'lesson.stepCount': (count: number) => (count === 1 ? '1 step' : `${count} steps`),
  'lesson.quiz': 'Quiz',
  'lesson.viewText': 'Text',
  'lesson.viewTerminal': 'Terminal',
  'lesson.views': 'Text and terminal',
  'lesson.splitter': 'Width of the text beside the terminal',
  'lesson.note': 'From the class notes',
  'lesson.noteLines': (lines: string) => `${/^\d+$/.test(lines) ? 'line' : 'lines'} ${lines}`,
  'lesson.fix': 'A correction to the notes',
  'lesson.needs': 'Needs',

  // Steps
  'step.number': (number: number) => `Step ${number}`,
  'step.check': 'Check',
  'step.checking': 'Checking…',
  'step.reset': 'Undo this step',
  'step.resetConfirm': 'This takes back what this step did in your lab. Undo it?',
  'step.solution': 'Show the solution',
  'step.solutionConfirm': 'Have you tried the hint first? The solution will be marked as seen.',
  'step.solutionShow': 'Show it',
  'step.why': 'Why it works',
  'step.answer': 'Your answer',
  'step.todo': 'Not done yet',
  'step.done': 'Done',
  'step.regressed': 'Was done, but no longer holds',
  'step.read': 'To read: this lab lacks something the step needs',
  'step.pass': 'It works.',
  'step.fail': 'Not yet.',
  'step.error': 'The check could not run. This is not your mistake.',
  'step.skipped': 'Not checked.',
  'step.expected': 'Expected',
  'step.actual': 'Found',
  'step.noScript': 'Checks need JavaScript. You can read on without it.',

  // Commands in code blocks
  'command.copy': 'Copy',
  'command.copied': 'Copied',
  'command.type': 'Type into the terminal',
  'command.typeThis': (command: string) => `Type into the terminal: ${command}`,

  // Quiz
  'quiz.title': 'Quiz',
  'quiz.intro': 'Answer as often as you like. Every answer is explained.',
  'quiz.number': (number: number, all: number) => `Question ${number} of ${all}`,
  'quiz.single': 'Choose one.',
  'quiz.multiple': 'Choose all that apply.',
  'quiz.order': 'Put them in order with the arrow buttons.',
  'quiz.fill-in': 'Type the answer.',
  'quiz.ask-lab': 'Find it out in your lab.',
  'quiz.submit': 'Answer',
  'quiz.again': 'Try again',
  'quiz.correct': 'Right.',
  'quiz.incorrect': 'Not quite.',
  'quiz.moveUp': (item: string) => `Move up: ${item}`,
  'quiz.moveDown': (item: string) => `Move down: ${item}`,
  'quiz.moved': (item: string, position: number) => `${item}: now number ${position}`,

  // Lab
  'lab.title': 'Lab',
  'lab.start': 'Start lab',
  'lab.startHint': 'A real machine of your own, where you are root. It starts in a moment.',
  'lab.none': 'No lab is running',
  'lab.queued': 'Waiting for a free machine',
  'lab.place': (place: number) => `number ${place} in the queue`,
  'lab.starting': 'Starting',
  'lab.ready': 'Ready',
  'lab.lost': 'The lab is gone',
  'lab.ended': 'The lab has ended',
  'lab.restart': 'Start afresh',
  'lab.restartConfirm':
    'This throws the machine away with everything in it and starts a fresh one. Your progress stays.',
  'lab.end': 'End lab',

  // Terminal
  'terminal.title': 'Terminal',
  'terminal.label': 'Terminal of the lab machine',
  'terminal.noScript': 'The terminal needs JavaScript.',

  // Steps, answers of the server
  'step.auto': 'Checked by itself after your command.',
  'step.regressedNote': 'This step was done before; the machine has changed since.',
  'step.undone': 'Undone.',
  'step.solutionScript': 'Solution',
  'step.noLab': 'Start the lab first.',

  // Commands typed by a click
  'command.typed': 'Typed. Press again to run it.',
  'command.ran': 'Running.',
  'command.startsLab': 'Starting the lab first; the command is typed once it is ready.',
  'command.copyFailed': 'The browser did not allow copying. Select the text and press Ctrl+C.',

  // Lab, continued
  'lab.target': (target: string) => `Connected to ${target}`,
  'lab.forgetKey': 'Forget key',
  'lab.forgetKeyConfirm':
    'Only if this VM was rebuilt: forgets its old host key and accepts the new one at the next login. Forget it?',
  'lab.endConfirm': 'This ends the lab and throws the machine away with everything in it. Your progress stays.',
  'lab.confirm': 'Yes',
  'lab.cancel': 'Cancel',
  'lab.noServer': 'The server cannot be reached. The page keeps trying.',
  'lab.progress': 'Progress of the start',

  // Terminal, continued
  'terminal.tabs': 'Open terminals',
  'terminal.tab': (number: number) => `Terminal ${number}`,
  'terminal.new': 'Open another terminal',
  'terminal.most': (most: number) => `At most ${most} terminals can be open.`,
  'terminal.hide': (number: number) => `Hide terminal ${number}; its shell keeps running`,
  'terminal.retry': 'Connect',
  'terminal.readOnly': 'View only',
  'terminal.notLoaded': 'The terminal could not be loaded.',
  'terminal.settings': 'Terminal settings',
  'terminal.close': 'Close',
  'terminal.cancel': 'Cancel',
} as const;
