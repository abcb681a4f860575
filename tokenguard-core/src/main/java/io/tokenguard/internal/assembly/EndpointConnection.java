package io.tokenguard.internal.assembly;

import io.tokenguard.internal.introspection.AnswerFetcher;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.keys.FetchedPart;
import java.net.URI;
import java.util.Map;

/**
 * How an introspection endpoint is reached. The header fields of {@code jwks.headers} may be secret: an endpoint that metadata
 * name gets them only at the host of the metadata.
 *
 * @param documents fetches the issuer's documents
 * @param named an address whose host the configuration names
 * @param part what is fetched
 */
record EndpointConnection(DocumentFetcher documents, URI named, FetchedPart part) implements AnswerFetcher.Connection {
    @Override
    public Map<String, String> headers(URI address) {
        return documents.from(named, address).reach().headers();
    }

    @Override
    public FetchException explained(FetchException failure, URI address) {
        return documents.from(named, address).explained(failure, part, address);
    }
}
