/// <reference types="astro/client" />

/** The course of this build, without keys and scripts; see `src/site/course-plugin.ts`. */
declare module 'virtual:tadak/course' {
  export const course: import('./site/public-course.ts').PublicCourse;
}
