#include "app/desk/services.h"

#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <memory>
#include <optional>

#include "storage/crypto/random.h"
#include "storage/crypto/sign.h"

namespace bordereau::app {
namespace {

const EVP_MD* algorithm_of(std::string_view name) {
    if (name == "MD5") return EVP_md5();
    if (name == "SHA-1") return EVP_sha1();
    if (name == "SHA-256") return EVP_sha256();
    if (name == "SHA-384") return EVP_sha384();
    if (name == "SHA-512") return EVP_sha512();
    return nullptr;
}

std::optional<std::string> digest(std::string_view algorithm, std::string_view bytes) {
    const EVP_MD* method = algorithm_of(algorithm);
    if (method == nullptr) return std::nullopt;
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, method, nullptr) != 1)
        return std::nullopt;
    return std::string{reinterpret_cast<const char*>(out.data()), size};
}

std::string host_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "laptop";
}

Millis millis_on(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return Millis{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace

Services system_services() {
    return {system_clock(), storage::crypto::system_entropy(), {}, host_name(), [] {
                return Uptime{millis_on(CLOCK_MONOTONIC), millis_on(CLOCK_BOOTTIME)};
            }};
}

form::Environment environment_for(const Services& services, const FillingPerson& person) {
    form::Environment environment;
    environment.clock = services.clock;
    environment.entropy = services.entropy;
    environment.property = [person](std::string_view name) -> std::string {
        if (name == "username") return person.login;
        if (name == "deviceid") return "bordereau:" + person.device.text;
        return {};
    };
    environment.digest = digest;
    environment.verify = [](std::string_view signature, std::string_view message,
                            std::string_view public_key) {
        return storage::crypto::verify(signature, message, public_key);
    };
    environment.last_saved = [] { return std::nullopt; };
    environment.language = person.language;
    return environment;
}

}  // namespace bordereau::app
