package io.tokenguard.internal.assembly;

import io.tokenguard.config.Dialect;
import io.tokenguard.internal.settings.IssuerAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dialect that {@link Dialect#AUTO} stands for. */
public final class RecognizedDialect {
    private RecognizedDialect() {}

    /** The dialect by the issuer's address, otherwise by its metadata; {@link Dialect#RFC9068} if neither is recognised. */
    public static Dialect of(String issuer, Map<String, @Nullable Object> metadata) {
        Dialect byAddress = IssuerAddress.dialectOf(issuer);
        return byAddress == Dialect.RFC9068
                ? MetadataDialects.recognize(issuer, metadata)
                        .map(MetadataDialects.Recognized::dialect)
                        .orElse(Dialect.RFC9068)
                : byAddress;
    }
}
