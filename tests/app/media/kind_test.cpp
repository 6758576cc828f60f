#include "app/media/kind.h"

#include <catch2/catch_test_macros.hpp>

#include "app/media/measure.h"
#include "tests/support/media_samples.h"

namespace bordereau::media {

using test::be;
using test::le;

TEST_CASE("a file's kind is told by its content", "[media]") {
    CHECK(sniff(test::telling_jpeg(8, 8, 1)) == Kind::jpeg);
    CHECK(sniff(test::telling_png(8, 8)) == Kind::png);
    CHECK(sniff(test::telling_webp()) == Kind::webp);
    CHECK(sniff(test::telling_movie()) == Kind::mp4);
    CHECK(sniff(test::atom("ftyp", "heic" + be(0, 4))) == Kind::heic);
    CHECK(sniff(test::atom("ftyp", "qt  " + be(0, 4))) == Kind::quicktime);
    CHECK(sniff(test::atom("ftyp", "M4A " + be(0, 4))) == Kind::m4a);
    CHECK(sniff("%PDF-1.7\n") == Kind::pdf);
    CHECK(sniff(std::string_view{"II*\0....", 8}) == Kind::tiff);
    CHECK(sniff("PK\x03\x04"
                "mimetypeapplication/vnd.oasis.opendocument.text") == Kind::odt);
    CHECK(sniff("PK\x03\x04"
                "[Content_Types].xml PK word/document.xml") == Kind::docx);
    CHECK(sniff("PK\x03\x04"
                "photo.jpg") == Kind::zip);
    CHECK(sniff("OggS") == Kind::ogg);
    CHECK(sniff("ID3\x04") == Kind::mp3);
    CHECK(sniff("\xFF\xFB\x90\x64") == Kind::mp3);
    CHECK(sniff("\xFF\xF1\x50\x80") == Kind::aac);
    CHECK(sniff("#!AMR\n") == Kind::amr);
    CHECK(sniff("Приказ 12, поста \"Север\"\n") == Kind::text);
    CHECK(sniff(std::string(4095, 'x') + "\xD0\xA1 cut within a letter") == Kind::text);
    CHECK(sniff(std::string_view{"\x7F"
                                 "ELF\x02\x01\0",
                                 7}) == Kind::unknown);
    CHECK(sniff("") == Kind::unknown);
}

TEST_CASE("a question takes the files that its media type names", "[media]") {
    CHECK(fits("image/*", Kind::jpeg, "a.jpg"));
    CHECK_FALSE(fits("image/*", Kind::pdf, "a.jpg"));
    CHECK_FALSE(fits("audio/*", Kind::mp4, "a.mp4"));
    CHECK(fits("application/*", Kind::jpeg, "a.jpg"));
    CHECK(fits("application/pdf,image/png", Kind::png, "plan.png"));
    CHECK_FALSE(fits("application/pdf", Kind::png, "plan.pdf"));
    CHECK(fits(".PDF, .docx", Kind::pdf, "plan.pdf"));
    CHECK_FALSE(fits(".docx", Kind::pdf, "plan.pdf"));
    CHECK(fits("", Kind::unknown, "anything"));
}

TEST_CASE("names end as the content does", "[media]") {
    CHECK(has_extension_of("IMG_1.JPEG", Kind::jpeg));
    CHECK_FALSE(has_extension_of("IMG_1.png", Kind::jpeg));
    CHECK_FALSE(has_extension_of(".jpg", Kind::jpeg));
    CHECK(extension(Kind::jpeg) == ".jpg");
    CHECK(extension(Kind::unknown).empty());
}

TEST_CASE("sizes, orientation and lengths are read from the heads", "[media]") {
    const Shape photo = measure(Kind::jpeg, test::telling_jpeg(40, 24, 6));
    CHECK(photo.width == 40);
    CHECK(photo.height == 24);
    CHECK(photo.orientation == 6);
    CHECK(measure(Kind::png, test::telling_png(30, 20)).width == 30);
    CHECK(measure(Kind::webp, test::telling_webp()).height == 800);
    CHECK(length_of(Kind::mp4, test::telling_movie()) == 83'500);

    const std::string format =
        le(1, 2) + le(1, 2) + le(8000, 4) + le(16'000, 4) + le(2, 2) + le(16, 2);
    const std::string wav = "RIFF" + le(0, 4) + "WAVE" + test::riff_chunk("fmt ", format) +
                            test::riff_chunk("data", std::string(24'000, '\0'));
    CHECK(length_of(Kind::wav, wav) == 1500);
    const std::string mp3 = std::string("\xFF\xFB\x90\x64", 4) + std::string(16'000 - 4, '\0');
    CHECK(length_of(Kind::mp3, mp3) == 1000);  // 128 kbit/s
    const std::string ogg = "OggS" + std::string(24, '\0') + "OpusHead" + std::string(20, '\0') +
                            "OggS" + std::string(2, '\0') + le(96'000, 8);
    CHECK(length_of(Kind::ogg, ogg) == 2000);
    CHECK_FALSE(length_of(Kind::webm, "\x1A\x45\xDF\xA3"));
}

}  // namespace bordereau::media
