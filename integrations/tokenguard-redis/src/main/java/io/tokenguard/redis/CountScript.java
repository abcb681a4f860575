package io.tokenguard.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts a request in several buckets at once. A bucket is a key with what it held, and when, by the clock of the server. It
 * expires when the bucket is empty. What can't be read counts as empty.
 */
final class CountScript {
    /** Arguments of each key: requests that leave it in a second, capacity, cost, and 1 if it is required. */
    static final String TEXT = """
            local time = redis.call('TIME')
            local now = time[1] + time[2] / 1000000
            local held = {}
            local fits = true
            for i = 1, #KEYS do
              held[i] = 0
              local stored = redis.call('GET', KEYS[i])
              local level, at = string.match(stored or '', '^(%d[%d.e+-]*) (%d[%d.e+-]*)$')
              level, at = tonumber(level), tonumber(at)
              if level and at and level < 1e15 then
                held[i] = math.max(0, level - math.max(0, now - at) * ARGV[4 * i - 3])
              end
              if ARGV[4 * i] == '1' and held[i] + ARGV[4 * i - 1] > tonumber(ARGV[4 * i - 2]) then
                fits = false
              end
            end
            local answer = {}
            for i = 1, #KEYS do
              local level = held[i] + ARGV[4 * i - 1]
              if fits and level <= tonumber(ARGV[4 * i - 2]) then
                redis.call('SET', KEYS[i], string.format('%.17g %.6f', level, now),
                  'PX', string.format('%.0f', math.max(1, math.ceil(level / ARGV[4 * i - 3] * 1000))))
              end
              answer[i] = string.format('%.17g', held[i])
            end
            return answer
            """;

    private CountScript() {}

    /** The script's answer; empty if it is none. */
    static Optional<List<Double>> read(@Nullable List<?> answer, int size) {
        if (answer == null || answer.size() != size) {
            return Optional.empty();
        }
        List<Double> held = new ArrayList<>(size);
        for (Object text : answer) {
            try {
                held.add(Double.parseDouble(String.valueOf(text)));
            } catch (NumberFormatException malformed) {
                return Optional.empty();
            }
        }
        return held.stream().allMatch(Double::isFinite) ? Optional.of(held) : Optional.empty();
    }
}
