// `/oauth/code`: a code to carry by hand into a terminal that has no browser of its own.
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { secretBox } from '../parts/copy.ts';
import { problemPage } from '../problems/problem.ts';
import { decisionPage } from '../shell.ts';
import { deviceWords } from '../words/device.ts';

export type PasteCodeView = { readonly frame: Frame; readonly code: string };

export const pasteCodePage = (view: PasteCodeView): Html =>
  decisionPage(
    { frame: view.frame, title: deviceWords.pasteTitle },
    html`<h1>${deviceWords.pasteTitle}</h1>
      ${secretBox({
        id: 'code',
        label: deviceWords.pasteLabel,
        value: view.code,
        hint: deviceWords.pasteHint,
        copyLabel: deviceWords.copyCode,
      })}`,
  );

export type PasteCodeGoneView = { readonly frame: Frame; readonly requestId: string };

export const pasteCodeGonePage = (view: PasteCodeGoneView): Html =>
  problemPage({
    ...deviceWords.pasteProblems.gone,
    frame: view.frame,
    requestId: view.requestId,
    atMs: view.frame.nowMs,
    inDecision: true,
  });
