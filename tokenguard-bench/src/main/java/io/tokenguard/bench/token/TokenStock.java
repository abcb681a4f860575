package io.tokenguard.bench.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many tokens of one mint. Each benchmark runs in a process of its own, and signing a hundred thousand tokens takes a minute:
 * where a folder is named, the first process leaves mint and tokens there for the others.
 *
 * @param mint where they come from
 * @param tokens good ones, no two of which are the same
 */
public record TokenStock(TokenMint mint, List<String> tokens) {
    /** Copies the tokens. */
    public TokenStock {
        tokens = List.copyOf(tokens);
    }

    /** The system property that names the folder. */
    public static final String FOLDER = "tokenguard.bench.stock";

    private static final int WORTH_KEEPING = 10_000;

    /** Takes tokens of one issuer from the folder, or mints them. */
    public static TokenStock of(SigningAlgorithm algorithm, int count) {
        return of(algorithm, count, 1);
    }

    /** The same for several issuers, in turn. */
    public static TokenStock of(SigningAlgorithm algorithm, int count, int issuers) {
        Optional<Path> file = Optional.ofNullable(System.getProperty(FOLDER))
                .filter(folder -> count >= WORTH_KEEPING)
                .map(folder -> Path.of(folder, "%s-%d-%d.txt".formatted(algorithm, count, issuers)));
        return file.filter(Files::exists).map(TokenStock::read).orElseGet(() -> fresh(algorithm, count, issuers, file));
    }

    private static TokenStock fresh(SigningAlgorithm algorithm, int count, int issuers, Optional<Path> file) {
        TokenMint mint = TokenMint.of(algorithm);
        TokenStock stock = new TokenStock(mint, mint.tokens(count, issuers));
        file.ifPresent(stock::write);
        return stock;
    }

    private void write(Path file) {
        List<String> lines = new ArrayList<>(List.of(mint.text()));
        lines.addAll(tokens);
        try {
            Path unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), "stock", ".tmp");
            Files.write(unfinished, lines);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static TokenStock read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return new TokenStock(TokenMint.ofText(lines.get(0)), lines.subList(1, lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
