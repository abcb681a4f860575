package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Stores the answers to requests that happen once, before they are sent. It sees the status after all other filters, and writes
 * inside all other writers: they run for a repeated answer again, such as one that compresses.
 */
final class WriteEnd {
    private WriteEnd() {}

    /** Runs before all other filters. */
    @Priority(Integer.MAX_VALUE)
    static final class Returned implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            RunningWrite.in(request::getProperty).ifPresent(running -> running.returned(response));
        }
    }

    /** Runs after all other filters. */
    @Priority(Integer.MIN_VALUE)
    static final class Sent implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            RunningWrite.in(request::getProperty).ifPresent(running -> {
                running.sent(response.getStatus());
                if (!response.hasEntity()) {
                    running.end(new byte[0], null);
                }
            });
        }
    }

    /** Runs inside all other writers. */
    @Priority(Integer.MAX_VALUE)
    static final class Writer implements WriterInterceptor {
        @Override
        public void aroundWriteTo(WriterInterceptorContext entity) throws IOException {
            Optional<RunningWrite> running = RunningWrite.in(entity::getProperty);
            if (running.isPresent()) {
                write(running.get(), entity);
            } else {
                entity.proceed();
            }
        }

        private static void write(RunningWrite running, WriterInterceptorContext entity) throws IOException {
            OutputStream out = entity.getOutputStream();
            HeldEntity held = new HeldEntity(out, running.maxAnswer());
            entity.setOutputStream(held);
            boolean isWritten = false;
            try {
                entity.proceed();
                isWritten = true;
            } finally {
                // Other interceptors may write behind the entity.
                entity.setOutputStream(out);
                if (!isWritten) {
                    running.fail();
                }
            }
            if (held.isTooLong()) {
                running.endUnstored();
            } else {
                running.end(held.bytes(), entity.getMediaType());
            }
            held.send();
        }
    }
}
