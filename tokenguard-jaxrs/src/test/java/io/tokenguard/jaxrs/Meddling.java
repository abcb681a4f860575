package io.tokenguard.jaxrs;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What an application registers that could get in the way. */
final class Meddling {
    private Meddling() {}

    /** Takes every error for a success. */
    static final class CatchAll implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable failure) {
            return Response.ok("mapped").build();
        }
    }

    /** Makes every refusal look like a success. */
    static final class Whitewash implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            if (response.getStatus() == 401 || response.getStatus() == 403) {
                response.setStatus(200);
                response.setEntity("washed", new Annotation[0], MediaType.TEXT_PLAIN_TYPE);
                response.getHeaders().remove("WWW-Authenticate");
                response.getHeaders().putSingle("Cache-Control", "public");
            }
        }
    }

    /** Fails on every refusal. */
    static final class Stumbling implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            if (response.getStatus() == 401) {
                throw new IllegalStateException("stumbled");
            }
        }
    }

    /** Rewrites a request to what its header fields say. */
    @PreMatching
    static final class Rewriting implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            String path = request.getHeaderString("X-Path");
            if (path != null) {
                URI base = request.getUriInfo().getBaseUri();
                request.setRequestUri(base, base.resolve(path));
            }
            String method = request.getHeaderString("X-Method");
            if (method != null) {
                request.setMethod(method);
            }
        }
    }

    /** Leaves a token that its guard has not vouched for, but another one or nobody. */
    @PreMatching
    static final class IssuerTokenVerifier implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            String voucher = request.getHeaderString("X-Voucher");
            if (voucher != null) {
                request.setProperty(
                        AccessToken.class.getName(),
                        AccessToken.builder("https://issuer.example")
                                .subject("mallory")
                                .scopes(Set.of("a", "b"))
                                .roles(Set.of("x"))
                                .build());
                request.setProperty(TokenGuard.class.getName(), voucher);
            }
        }
    }

    /** Reads every entity before a resource does. */
    static final class Nosy implements ContainerRequestFilter {
        final AtomicInteger runs = new AtomicInteger();

        @Override
        public void filter(ContainerRequestContext request) throws IOException {
            runs.incrementAndGet();
            request.setEntityStream(
                    new ByteArrayInputStream(request.getEntityStream().readAllBytes()));
        }
    }

    /** Answers preflights by itself. */
    @PreMatching
    static final class Preflights implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            if (request.getHeaderString("Access-Control-Request-Method") != null) {
                request.abortWith(Response.ok("preflight").build());
            }
        }
    }

    /** An entity, and who reads it. */
    record Document(int length) {}

    static final class CountingReader implements MessageBodyReader<Document> {
        final AtomicInteger reads = new AtomicInteger();

        @Override
        public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
            return type == Document.class;
        }

        @Override
        public Document readFrom(
                Class<Document> type,
                Type generic,
                Annotation[] annotations,
                MediaType media,
                MultivaluedMap<String, String> headers,
                InputStream entity)
                throws IOException {
            reads.incrementAndGet();
            return new Document(entity.readAllBytes().length);
        }
    }
}
