package io.tokenguard.servlet;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.Optional;

/**
 * Stops watching an async response when it has ended.
 *
 * @param stop stops watching
 */
record WatchedResponse(Runnable stop) implements AsyncListener {
    /** Ends a response with the token of its request; returns whether it may begin. */
    static boolean watch(AsyncContext async) {
        Optional<Passage> passage = Passage.of(async.getRequest());
        Optional<AccessToken> token = passage.flatMap(Passage::identity);
        if (passage.isEmpty() || token.isEmpty()) {
            return true;
        }
        try {
            return stopsWith(async, passage.get().guard().watch(token.get(), unused -> complete(async)));
        } catch (RefusedException over) {
            complete(async);
            return false;
        }
    }

    private static boolean stopsWith(AsyncContext async, Runnable stop) {
        try {
            async.addListener(new WatchedResponse(stop));
            return true;
        } catch (IllegalStateException over) {
            // It has been completed meanwhile.
            stop.run();
            return false;
        }
    }

    private static void complete(AsyncContext async) {
        try {
            async.complete();
        } catch (IllegalStateException over) {
            // The application has ended it.
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        stop.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        stop.run();
    }

    @Override
    public void onError(AsyncEvent event) {
        stop.run();
    }

    /** A dispatch has started another one, which the application has to watch in turn. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        stop.run();
    }
}
