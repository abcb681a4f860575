package io.tokenguard.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenguard.bench.peer.DecidingGuard;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.TokenFields;
import io.tokenguard.bench.token.TokenStock;
import io.tokenguard.bench.token.TurnOrder;
import io.tokenguard.config.TokenCache;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much of the heap does a remembered token take? What is in use after a collection, with many tokens remembered and with
 * none, divided by their number. The tokens' own texts, as they come with the requests, are no part of it: they are garbage
 * by then.
 */
public final class MemoryFootprint {
    private static final int TOKENS = 10_000;
    private static final int COLLECTIONS = 5;

    private MemoryFootprint() {}

    /**
     * Measures and prints.
     *
     * @param arguments the file to write to, if any
     */
    public static void main(String[] arguments) throws IOException {
        TokenStock stock = TokenStock.of(SigningAlgorithm.RS256, TOKENS);
        TokenFields fields = new TokenFields(stock.tokens(), TurnOrder.inTurn(TOKENS));
        show(fields, stock, 1);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("bytes of heap per remembered token", show(fields, stock, TOKENS));
        result.put("characters per token", stock.tokens().get(0).length());
        result.put("tokens", TOKENS);
        ObjectMapper json = new ObjectMapper();
        System.out.println(json.writeValueAsString(result));
        if (arguments.length > 0) {
            json.writerWithDefaultPrettyPrinter()
                    .writeValue(Path.of(arguments[0]).toFile(), result);
        }
    }

    private static long show(TokenFields fields, TokenStock stock, int count) {
        TokenCache tokenCache = TokenCache.on().maxEntries(TOKENS * 2).maxBytes(1L << 30);
        try (DecidingGuard guard = new DecidingGuard(stock.mint().trust(), tokenCache)) {
            DecidingGuard.granted(guard.decide(fields.fieldOf(0)));
            long before = used();
            for (int i = 0; i < count; i++) {
                DecidingGuard.granted(guard.decide(fields.fieldOf(i)));
            }
            long bytes = (used() - before) / count;
            DecidingGuard.granted(guard.decide(fields.fieldOf(0)));
            return bytes;
        }
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
