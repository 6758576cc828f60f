// tests/support/tls_files.h - a TLS key and a certificate that it signed itself, made by the
// openssl command.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace bordereau::test {

struct TlsFiles {
    std::string certificate, key;  ///< PEM files

    /// `base`.pem and `base`.key; nothing where there is no openssl command.
    static std::optional<TlsFiles> made(const std::filesystem::path& base) {
        TlsFiles files{base.string() + ".pem", base.string() + ".key"};
        const std::string command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
            " -subj /CN=localhost -keyout '" +
            files.key + "' -out '" + files.certificate + "' >/dev/null 2>&1";
        if (std::system(command.c_str()) != 0) return std::nullopt;
        return files;
    }
};

}  // namespace bordereau::test
