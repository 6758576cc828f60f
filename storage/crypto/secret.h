// storage/crypto/secret.h - memory for keys: locked, fenced, wiped when it is given back.
// Not for long texts: each Secret takes whole pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace bordereau::storage::crypto {

/// Key bytes that never lie on the ordinary heap. Move-only; wiped by its destructor.
class Secret {
public:
    Secret() = default;                 ///< empty
    explicit Secret(std::size_t size);  ///< zeroed
    static Secret copy_of(std::string_view bytes);

    std::span<std::uint8_t> bytes() { return {bytes_.get(), size_}; }
    std::span<const std::uint8_t> bytes() const { return {bytes_.get(), size_}; }
    std::string_view view() const;
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

private:
    struct Free {
        void operator()(std::uint8_t* bytes) const;
    };
    std::unique_ptr<std::uint8_t[], Free> bytes_;
    std::size_t size_ = 0;
};

}  // namespace bordereau::storage::crypto
