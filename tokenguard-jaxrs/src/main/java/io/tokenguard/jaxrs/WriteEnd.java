package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.util.Optional;

/** Stores the answers to requests that happen once, before they are sent. Around all other writers. */
@Priority(Integer.MIN_VALUE)
final class WriteEnd implements ContainerResponseFilter, WriterInterceptor {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        RunningWrite.in(request::getProperty).ifPresent(running -> {
            running.answered(response);
            if (!response.hasEntity()) {
                running.end(new byte[0]);
            }
        });
    }

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
        HeldEntity held = new HeldEntity(entity.getOutputStream(), running.maxAnswer());
        entity.setOutputStream(held);
        boolean isWritten = false;
        try {
            entity.proceed();
            isWritten = true;
        } finally {
            if (!isWritten) {
                running.fail();
            }
        }
        if (held.isTooLong()) {
            running.endUnstored();
        } else {
            Object encoding = entity.getHeaders().getFirst("Content-Encoding");
            if (encoding != null) {
                running.encodedBy(encoding.toString());
            }
            running.end(held.bytes());
        }
        held.send();
    }
}
