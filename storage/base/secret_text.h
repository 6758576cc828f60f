// storage/base/secret_text.h - a passphrase on its way from the keyboard to a key: its bytes are
// overwritten when it goes, also those it leaves behind in growing and moving. Not for keys, which
// have pages of their own (crypto/secret.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace bordereau {

class SecretText {
public:
    /// Bytes that editable() has room for without moving the text.
    static constexpr std::size_t kRoom = 1023;

    SecretText() = default;
    SecretText(std::string_view text) { assign(text); }
    SecretText(const std::string& text) { assign(text); }
    SecretText(const char* text) { assign(text); }
    SecretText(const SecretText& other) { assign(other.text_); }
    SecretText(SecretText&& other) noexcept { text_.swap(other.text_); }
    SecretText& operator=(const SecretText& other) {
        if (this != &other) assign(other.text_);
        return *this;
    }
    SecretText& operator=(SecretText&& other) noexcept {
        wipe();
        text_.swap(other.text_);
        return *this;
    }
    ~SecretText() { wipe(); }

    std::string_view view() const { return text_; }
    operator std::string_view() const { return text_; }
    bool empty() const { return text_.empty(); }
    std::size_t size() const { return text_.size(); }
    bool operator==(const SecretText& other) const { return text_ == other.text_; }

    /// For a field to type into: never to be made larger than its capacity.
    std::string& editable() {
        if (text_.capacity() < kRoom) assign(text_);
        return text_;
    }
    void wipe();

private:
    void assign(std::string_view text);
    std::string text_;
};

/// Overwrites the bytes of a text that held a secret, and empties it.
void wipe(std::string& secret);

}  // namespace bordereau
