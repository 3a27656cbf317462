import { useCallback, useEffect, useRef, useState } from "react";

type Write<Request, Answer> = {
  /** Sends a request; what comes of it is told to the hook's callbacks, even when the component is gone. */
  readonly write: (request: Request) => void;
  readonly isWriting: boolean;
  /** What was answered last. */
  readonly answer: Answer | undefined;
};

type WriteCallbacks<Request, Answer> = {
  readonly onAnswer: (answer: Answer, request: Request) => unknown;
  /** The board did not answer: nothing is known of the write. */
  readonly onSilence: (request: Request) => unknown;
};

/** Sends writes to the board's actions, and knows whether one is under way. A refusal is an answer. */
export function useWrite<Request, Answer>(
  send: (request: Request) => Promise<Answer>,
  callbacks: WriteCallbacks<Request, Answer>,
): Write<Request, Answer> {
  const [underWay, setUnderWay] = useState(0);
  const [answer, setAnswer] = useState<Answer>();
  const latest = useRef({ send, ...callbacks });
  useEffect(() => {
    latest.current = { send, ...callbacks };
  });
  const write = useCallback((request: Request) => {
    setUnderWay((before) => before + 1);
    latest.current
      .send(request)
      .finally(() => setUnderWay((before) => before - 1))
      .then(
        (answered) => {
          setAnswer(() => answered);
          return latest.current.onAnswer(answered, request);
        },
        () => latest.current.onSilence(request),
      );
  }, []);
  return { write, isWriting: underWay > 0, answer };
}
