"""Why a file is not taken or not given."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import InvalidError, NotFoundError, UnavailableError


class TooLargeError(InvalidError):
    """More bytes than an attachment may have."""

    status = 413
    code = "files.too_large"
    sentence = _("文件超过 {limit_mb} MB。")
    remedy = _("请压缩后再传，或分成几份。")


class TooManyFilesError(InvalidError):
    """A matter that has as many attachments as it may have."""

    code = "files.too_many"
    sentence = _("一件事项最多 {limit} 个附件。")
    remedy = _("请把几页合成一个 PDF，或到现场提交。")


class UnfitFileError(InvalidError):
    """A type that is not taken, or a file that is not what it says."""

    code = "files.unfit"
    sentence = _("不能接收这种文件。")
    remedy = _("请上传 JPG、PNG、WebP 图片，PDF，Word、Excel、PPT 文档，或录音、录像。")


class TooManyPixelsError(UnfitFileError):
    """An image so large that opening it could exhaust the memory."""

    code = "files.too_many_pixels"
    sentence = _("图片连同所有画面超过 {limit_mp} 百万像素。")
    remedy = _("请缩小后再传。")


class TooManyPagesError(UnfitFileError):
    """A PDF of so many pages that it is no attachment but a volume, or tells one page again and again."""

    code = "files.too_many_pages"
    sentence = _("PDF 超过 {limit} 页。")
    remedy = _("请分成几份再传。")


class PackedError(UnfitFileError):
    """A packed document that would unpack without end."""

    code = "files.packed"
    sentence = _("文件解开后超过 {limit_mb} MB，或部件过多。")
    remedy = _("请另存为一份普通的文件再传。")


class ActiveFileError(UnfitFileError):
    """A document that acts by itself: macros, scripts, programs, files inside it, parts fetched from afar."""

    code = "files.active"
    sentence = _("文件里有宏、脚本、程序，或夹带了别的文件。")
    remedy = _("请去掉这些内容，或另存为普通的 PDF 再传；夹带的文件请单独上传。")


class LockedFileError(UnfitFileError):
    """A document under a password: nobody can see what is in it."""

    code = "files.locked"
    sentence = _("文件加了密码，无法检查。")
    remedy = _("请去掉密码后再传。")


class BrokenFileError(UnfitFileError):
    """The type is right, the content cannot be read."""

    code = "files.broken"
    sentence = _("文件已损坏，打不开。")
    remedy = _("请检查后重新上传。")


class MissingFileError(NotFoundError):
    """No bytes under this name."""

    code = "files.missing"
    sentence = _("文件不在存储中。")


class StoreAwayError(UnavailableError):
    """The bucket that keeps the attachments does not answer, or not as it should."""

    code = "files.store_away"
    sentence = _("附件存储暂时不可用。")
    remedy = _("请稍后再试；事项可以照常提交，附件稍后补充。")


class NoRoomError(UnavailableError):
    """The disk is (nearly) full: attachments are the first to be refused, so that the database can go on."""

    code = "files.no_room"
    sentence = _("存储空间不足，暂时不能接收附件。")
    remedy = _("事项可以照常提交；附件请稍后补充。")


class FontsMissingError(UnavailableError):
    """The faces that documents are set in are not laid out: the built wheel has them, a clone gets them
    from npm."""

    code = "files.fonts_missing"
    sentence = _("缺少文书用的字体：{what}")
    remedy = _("请在源码目录里运行 gantang assets。")


class TemplateError(InvalidError):
    """A document's template that cannot be rendered; ``what`` is what the typesetter says, with its line."""

    code = "files.template"
    sentence = _("文书模板有错：{what}")
    remedy = _("请按提示改好程序包里的模板，再重新办理。")


class InfectedFileError(UnfitFileError):
    """The virus scanner found something in it."""

    code = "files.infected"
    sentence = _("文件里查出了病毒。")
    remedy = _("请在本机杀毒，或换一份干净的文件再传。")


class ScannerAwayError(UnavailableError):
    """The virus scanner does not answer, and without it nothing is taken."""

    code = "files.scanner_away"
    sentence = _("病毒检查暂时不可用，先不能收附件。")
    remedy = _("请稍后再传；事项可以照常提交，附件稍后补充。")
