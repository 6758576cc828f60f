#include "app/desk/session_certificate.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include <memory>

namespace bordereau::app {
namespace {

// The clocks of two laptops differ; the pin is what is checked.
constexpr long kDay = 24 * 60 * 60, kValidBefore = -365 * kDay, kValidAfter = 365 * kDay;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(unsigned char* bytes) const { OPENSSL_free(bytes); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

std::string text_of(BIO* bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string{};
}

bool fill(X509* certificate, EVP_PKEY* key) {
    std::int64_t serial = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return false;
    X509_NAME* name = X509_get_subject_name(certificate);
    const auto* words = reinterpret_cast<const unsigned char*>("laptop");
    return X509_set_version(certificate, 2) == 1 &&
           ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate), serial >> 1) == 1 &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), kValidBefore) != nullptr &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), kValidAfter) != nullptr &&
           X509_set_pubkey(certificate, key) == 1 &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, words, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1 &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

std::string pin_of(X509* certificate) {
    unsigned char* encoded = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &encoded);
    if (size <= 0) return {};
    const Owned<unsigned char> owned{encoded};
    std::string pin(SHA256_DIGEST_LENGTH, '\0');
    SHA256(encoded, static_cast<std::size_t>(size), reinterpret_cast<unsigned char*>(pin.data()));
    return pin;
}

}  // namespace

Result<SessionCertificate> make_session_certificate() {
    const Error failed{ErrorCode::io, "no TLS key for this session"};
    const Owned<EVP_PKEY> key{EVP_EC_gen("P-256")};
    const Owned<X509> certificate{X509_new()};
    const Owned<BIO> pem{BIO_new(BIO_s_mem())}, secret{BIO_new(BIO_s_mem())};
    if (!key || !certificate || !pem || !secret || !fill(certificate.get(), key.get()))
        return failed;
    if (PEM_write_bio_X509(pem.get(), certificate.get()) != 1 ||
        PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
            1)
        return failed;
    SessionCertificate made{text_of(pem.get()), text_of(secret.get()), pin_of(certificate.get())};
    if (made.pin.empty()) return failed;
    return made;
}

}  // namespace bordereau::app
