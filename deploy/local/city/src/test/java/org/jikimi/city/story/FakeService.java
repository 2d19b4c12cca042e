package org.jikimi.city.story;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A service that answers as a test says, and remembers what it was asked. */
final class FakeService implements AutoCloseable {
    /** A request as it came; {@code number} counts from 1. */
    record Asked(int number, String method, String uri, String key, String ifMatch, String token, String body) {}

    /** An answer; status 0 breaks the connection off. */
    record Says(int status, String body) {}

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    FakeService(Function<Asked, Says> answers) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange, Function<Asked, Says> answers) throws IOException {
        try (exchange) {
            var request = new Asked(
                    asked.size() + 1,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    header(exchange, "Idempotency-Key"),
                    header(exchange, "If-Match"),
                    header(exchange, "Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(request);
            Says says = answers.apply(request);
            if (says.status() == 0) {
                return;
            }
            byte[] body = says.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("ETag", "\"3\"");
            exchange.sendResponseHeaders(says.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        @Nullable String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
