#include "tests/bench/sync_floors.h"

#include <fcntl.h>
#include <zstd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string_view>

#include "sync/http_transport.h"
#include "tests/bench/measure.h"
#include "tests/support/canned_server.h"

namespace bordereau::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kLevel = 3;
constexpr std::size_t kPiece = 64u << 10;

void insist(bool held, const char* what) {
    if (held) return;
    std::fprintf(stderr, "bench: %s\n", what);
    std::exit(1);
}

class DurableFile {
public:
    explicit DurableFile(const fs::path& path)
        : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {
        insist(file_ >= 0, "a file cannot be made");
    }
    ~DurableFile() { close(file_); }
    DurableFile(const DurableFile&) = delete;
    DurableFile& operator=(const DurableFile&) = delete;
    void add(const char* bytes, std::size_t size) {
        insist(write(file_, bytes, size) == static_cast<ssize_t>(size), "a file cannot be written");
    }
    void keep() { insist(fsync(file_) == 0, "a file cannot be kept"); }

private:
    int file_;
};

// Until the sender has nothing more to say; then one byte.
void take_stream(int peer, const fs::path& file) {
    DurableFile kept{file};
    const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context{ZSTD_createDCtx(),
                                                                          ZSTD_freeDCtx};
    std::string in(kPiece, '\0'), out(ZSTD_DStreamOutSize(), '\0');
    for (ssize_t got = recv(peer, in.data(), in.size(), 0); got > 0;
         got = recv(peer, in.data(), in.size(), 0)) {
        ZSTD_inBuffer from{in.data(), static_cast<std::size_t>(got), 0};
        while (from.pos < from.size) {
            ZSTD_outBuffer to{out.data(), out.size(), 0};
            insist(ZSTD_isError(ZSTD_decompressStream(context.get(), &to, &from)) == 0, "zstd");
            kept.add(out.data(), to.pos);
        }
    }
    kept.keep();
    send(peer, "+", 1, MSG_NOSIGNAL);
}

std::size_t send_stream(int to, const Documents& documents) {
    const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context{ZSTD_createCCtx(),
                                                                          ZSTD_freeCCtx};
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
    std::string out(ZSTD_CStreamOutSize(), '\0');
    std::size_t sent = 0;
    const auto pass = [&](std::string_view bytes, ZSTD_EndDirective end) {
        ZSTD_inBuffer from{bytes.data(), bytes.size(), 0};
        for (std::size_t left = 1; left != 0 && (end == ZSTD_e_end || from.pos < from.size);) {
            ZSTD_outBuffer into{out.data(), out.size(), 0};
            left = ZSTD_compressStream2(context.get(), &into, &from, end);
            insist(ZSTD_isError(left) == 0, "zstd");
            for (std::size_t at = 0; at < into.pos;) {
                const ssize_t done = send(to, out.data() + at, into.pos - at, MSG_NOSIGNAL);
                insist(done > 0, "the socket closed");
                at += static_cast<std::size_t>(done);
            }
            sent += into.pos;
            if (end == ZSTD_e_continue && from.pos == from.size) break;
        }
    };
    for (const std::string& document : documents) pass(document, ZSTD_e_continue);
    pass({}, ZSTD_e_end);
    return sent;
}

// One request after the other, each with a Content-Length; its body goes into a file of its own.
void take_posts(int peer, const fs::path& folder) {
    std::string in;
    std::string piece(kPiece, '\0');
    for (std::size_t number = 0;; ++number) {
        std::size_t end = 0, size = 0;
        const auto whole = [&] {
            end = in.find("\r\n\r\n");
            if (end == in.npos) return false;
            const std::size_t length = in.find("Content-Length: ");
            size = std::strtoul(in.c_str() + length + 16, nullptr, 10);
            return in.size() >= end + 4 + size;
        };
        while (!whole()) {
            const ssize_t got = recv(peer, piece.data(), piece.size(), 0);
            if (got <= 0) return;
            in.append(piece, 0, static_cast<std::size_t>(got));
        }
        DurableFile kept{folder / std::to_string(number)};
        kept.add(in.data() + end + 4, size);
        kept.keep();
        in.erase(0, end + 4 + size);
        constexpr std::string_view kCreated =
            "HTTP/1.1 201 Created\r\nX-OpenRosa-Version: 1.0\r\nContent-Type: text/xml\r\n"
            "Content-Length: 19\r\n\r\n<OpenRosaResponse/>";
        send(peer, kCreated.data(), kCreated.size(), MSG_NOSIGNAL);
    }
}

}  // namespace

std::size_t zstd_size(const Documents& documents) {
    std::string all;
    for (const std::string& document : documents) all += document;
    std::string out(ZSTD_compressBound(all.size()), '\0');
    return ZSTD_compress(out.data(), out.size(), all.data(), all.size(), kLevel);
}

void take_plain_bytes(int peer) {
    std::string piece(kPiece, '\0');
    while (recv(peer, piece.data(), piece.size(), 0) > 0) {
    }
    send(peer, "+", 1, MSG_NOSIGNAL);
}

Moved over_plain_connection(std::size_t bytes, const sockaddr_in& address) {
    Moved moved;
    const std::string piece(kPiece, 'x');
    moved.millis = millis([&] {
        const int to = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        insist(connect(to, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
               "no connection");
        while (moved.bytes < bytes) {
            const ssize_t done =
                send(to, piece.data(), std::min(piece.size(), bytes - moved.bytes), MSG_NOSIGNAL);
            insist(done > 0, "the socket closed");
            moved.bytes += static_cast<std::size_t>(done);
        }
        shutdown(to, SHUT_WR);
        char answer = 0;
        insist(recv(to, &answer, 1, 0) == 1, "no answer");
        close(to);
    });
    return moved;
}

namespace {

void write_lines(const fs::path& file, const Documents& documents) {
    std::ofstream out{file};
    for (const std::string& document : documents) out << document;
}

}  // namespace

std::optional<PouchMoved> over_pouchdb(const Documents& documents, const Documents& changed,
                                       const fs::path& folder) {
    const char* modules = std::getenv("BORDEREAU_POUCHDB");
    if (modules == nullptr || *modules == '\0') {
        std::puts("PouchDB: left out; BORDEREAU_POUCHDB names no modules of Node");
        return std::nullopt;
    }
    fs::create_directories(folder);
    write_lines(folder / "all", documents);
    write_lines(folder / "changed", changed);
    const std::string command = "node '" BORDEREAU_SOURCE_DIR "/tests/bench/peers/pouchdb.mjs' '" +
                                std::string{modules} + "' '" + folder.string() + "' '" +
                                (folder / "all").string() + "' '" + (folder / "changed").string() +
                                "'";
    const std::unique_ptr<FILE, int (*)(FILE*)> output{popen(command.c_str(), "r"), pclose};
    PouchMoved moved;
    int requests = 0;
    for (Moved* one : {&moved.all, &moved.changed, &moved.nothing})
        if (!output || std::fscanf(output.get(), "%*s %lf %zu %d", &one->millis, &one->bytes,
                                   &requests) != 3) {
            std::puts("PouchDB: failed");
            return std::nullopt;
        }
    return moved;
}

Moved over_plain_socket(const Documents& documents, const fs::path& folder) {
    test::LoopbackServer server{[&](int peer) { take_stream(peer, folder / "stream"); }};
    Moved moved;
    moved.millis = millis([&] {
        const int to = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address = test::loopback(server.port());
        insist(connect(to, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
               "no connection");
        moved.bytes = send_stream(to, documents) + 1;
        shutdown(to, SHUT_WR);
        char answer = 0;
        insist(recv(to, &answer, 1, 0) == 1, "no answer");
        close(to);
    });
    return moved;
}

Moved over_form_posts(const Documents& documents, const fs::path& folder) {
    fs::create_directories(folder);
    Moved moved;
    test::LoopbackServer server{[&](int peer) { take_posts(peer, folder); }};
    const sync::Transport transport = sync::http_transport({});
    constexpr std::string_view kHeadOfPost =
        "POST /submission HTTP/1.1\r\nHost: 127.0.0.1:12345\r\nContent-Length: 4200\r\n\r\n"
        "HTTP/1.1 201 Created\r\nX-OpenRosa-Version: 1.0\r\nContent-Type: text/xml\r\n"
        "Content-Length: 19\r\n\r\n";
    moved.millis = millis([&] {
        for (const std::string& document : documents) {
            sync::Request request;
            request.url = server.url() + "/submission";
            request.headers = {{"Content-Type", "multipart/form-data; boundary=f2d1c8a5"},
                               {"X-OpenRosa-Version", "1.0"},
                               {"Date", "Thu, 05 Mar 2026 12:00:00 GMT"}};
            request.body =
                "--f2d1c8a5\r\nContent-Disposition: form-data; name=\"xml_submission_file\"; "
                "filename=\"submission.xml\"\r\nContent-Type: text/xml\r\n\r\n" +
                document + "\r\n--f2d1c8a5--\r\n";
            const auto response = want(transport(request, {}));
            insist(response.status == 201, "a post was not taken");
            moved.bytes += kHeadOfPost.size() + request.body.size() + response.body.size();
            for (const sync::Header& header : request.headers)
                moved.bytes += header.name.size() + header.value.size() + 4;
        }
    });
    return moved;
}

}  // namespace bordereau::bench
