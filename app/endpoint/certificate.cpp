#include "app/endpoint/certificate.h"

#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include <memory>

namespace bordereau::app::endpoint {
namespace {

struct Free {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(unsigned char* bytes) const { OPENSSL_free(bytes); }
};

}  // namespace

Result<std::string> public_key_pin(const std::filesystem::path& pem) {
    const std::unique_ptr<BIO, Free> file{BIO_new_file(pem.c_str(), "r")};
    if (!file) return Error{ErrorCode::not_found, pem.string()};
    const std::unique_ptr<X509, Free> certificate{
        PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr)};
    if (!certificate) return Error{ErrorCode::invalid, pem.string() + " holds no certificate"};
    unsigned char* encoded = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &encoded);
    if (size <= 0) return Error{ErrorCode::invalid, pem.string() + " holds no public key"};
    const std::unique_ptr<unsigned char, Free> owned{encoded};
    std::string pin(SHA256_DIGEST_LENGTH, '\0');
    SHA256(encoded, static_cast<std::size_t>(size), reinterpret_cast<unsigned char*>(pin.data()));
    return pin;
}

}  // namespace bordereau::app::endpoint
