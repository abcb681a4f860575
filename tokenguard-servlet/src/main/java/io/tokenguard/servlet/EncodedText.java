package io.tokenguard.servlet;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;

/** Encodes text without keeping any back: a container that ends an answer by itself knows nothing of what is kept here. */
final class EncodedText extends Writer {
    private final OutputStreamWriter encoder;
    private final HeldOutput output;

    EncodedText(HeldOutput output, String encoding) throws IOException {
        this.output = output;
        this.encoder = new OutputStreamWriter(output, encoding);
    }

    @Override
    public void write(char[] characters, int from, int count) throws IOException {
        encoder.write(characters, from, count);
        output.drain(encoder);
    }

    @Override
    public void flush() throws IOException {
        encoder.flush();
    }

    @Override
    public void close() throws IOException {
        encoder.close();
    }
}
