package io.tokenguard.internal.writes;

import io.tokenguard.access.IdempotentWrite.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A write that was answered, as a store keeps it.
 *
 * @param request the hash of the request
 * @param answer the answer; empty if it was too long to be stored
 */
record StoredWrite(BodyHash.Hashed request, Optional<Answer> answer) {
    private static final int VERSION = 1;

    /** The text for a store: base64url. */
    String write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(request.length());
            out.writeBoolean(request.isWhole());
            out.writeUTF(request.hash());
            out.writeBoolean(answer.isPresent());
            if (answer.isPresent()) {
                write(answer.get(), out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void write(Answer answer, DataOutputStream out) throws IOException {
        out.writeShort(answer.status());
        out.writeShort(answer.fields().size());
        for (Map.Entry<String, List<String>> field : answer.fields().entrySet()) {
            out.writeUTF(field.getKey());
            out.writeShort(field.getValue().size());
            for (String value : field.getValue()) {
                out.writeUTF(value);
            }
        }
        out.writeInt(answer.body().length);
        out.write(answer.body());
    }

    /** Reads it; empty if it is not what this version writes. */
    static Optional<StoredWrite> read(String text) {
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            if (in.readByte() != VERSION) {
                return Optional.empty();
            }
            BodyHash.Hashed request = new BodyHash.Hashed(in.readLong(), in.readBoolean(), in.readUTF());
            Optional<Answer> answer = in.readBoolean() ? Optional.of(answer(in)) : Optional.empty();
            return Optional.of(new StoredWrite(request, answer));
        } catch (IOException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Answer answer(DataInputStream in) throws IOException {
        int status = in.readUnsignedShort();
        int count = in.readUnsignedShort();
        Map<String, List<String>> fields = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            List<String> values = new ArrayList<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                values.add(in.readUTF());
            }
            fields.put(name, values);
        }
        int length = in.readInt();
        byte[] body = length < 0 ? new byte[0] : in.readNBytes(length);
        if (body.length != length) {
            throw new IOException("cut");
        }
        return new Answer(status, fields, body);
    }
}
